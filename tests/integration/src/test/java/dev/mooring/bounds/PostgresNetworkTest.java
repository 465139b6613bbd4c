package dev.mooring.bounds;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.NetworkContract;

class PostgresNetworkTest extends NetworkContract implements OnPostgres {}
