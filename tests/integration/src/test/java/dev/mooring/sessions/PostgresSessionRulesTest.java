package dev.mooring.sessions;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.SessionContract;

class PostgresSessionRulesTest extends SessionContract implements OnPostgres {}
