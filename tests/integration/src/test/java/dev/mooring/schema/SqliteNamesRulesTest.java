package dev.mooring.schema;

import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.NamesContract;

class SqliteNamesRulesTest extends NamesContract implements OnSqlite {}
