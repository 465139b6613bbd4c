package dev.mooring.sessions;

import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.SessionContract;

class SqliteSessionRulesTest extends SessionContract implements OnSqlite {}
