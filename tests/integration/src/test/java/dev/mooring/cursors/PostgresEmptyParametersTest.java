package dev.mooring.cursors;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.EmptyParametersContract;

class PostgresEmptyParametersTest extends EmptyParametersContract implements OnPostgres {}
