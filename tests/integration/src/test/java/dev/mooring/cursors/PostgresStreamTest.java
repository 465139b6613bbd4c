package dev.mooring.cursors;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.StreamContract;

class PostgresStreamTest extends StreamContract implements OnPostgres {}
