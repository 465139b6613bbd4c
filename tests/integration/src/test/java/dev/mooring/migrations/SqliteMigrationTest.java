package dev.mooring.migrations;

import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.MigrationContract;

class SqliteMigrationTest extends MigrationContract implements OnSqlite {}
