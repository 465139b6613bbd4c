package dev.mooring.schema;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.NamesContract;

class PostgresNamesRulesTest extends NamesContract implements OnPostgres {}
