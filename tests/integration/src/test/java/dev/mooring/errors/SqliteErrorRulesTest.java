package dev.mooring.errors;

import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.ErrorContract;

class SqliteErrorRulesTest extends ErrorContract implements OnSqlite {}
