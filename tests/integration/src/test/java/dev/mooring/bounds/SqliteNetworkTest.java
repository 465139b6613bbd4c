package dev.mooring.bounds;

import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.NetworkContract;

class SqliteNetworkTest extends NetworkContract implements OnSqlite {}
