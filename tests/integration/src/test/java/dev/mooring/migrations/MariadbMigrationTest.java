package dev.mooring.migrations;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.MigrationContract;

class MariadbMigrationTest extends MigrationContract implements OnMariadb {}
