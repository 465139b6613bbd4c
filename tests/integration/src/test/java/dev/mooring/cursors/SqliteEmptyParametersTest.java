package dev.mooring.cursors;

import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.EmptyParametersContract;

class SqliteEmptyParametersTest extends EmptyParametersContract implements OnSqlite {}
