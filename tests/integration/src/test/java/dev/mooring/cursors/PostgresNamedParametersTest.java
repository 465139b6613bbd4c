package dev.mooring.cursors;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.NamedParametersContract;

class PostgresNamedParametersTest extends NamedParametersContract implements OnPostgres {}
