package dev.mooring.cursors;

import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.NamedParametersContract;

class SqliteNamedParametersTest extends NamedParametersContract implements OnSqlite {}
