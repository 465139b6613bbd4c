package dev.mooring.migrations;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.MigrationContract;

class PostgresMigrationTest extends MigrationContract implements OnPostgres {}
