package dev.mooring.errors;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.ErrorContract;

class PostgresErrorRulesTest extends ErrorContract implements OnPostgres {}
