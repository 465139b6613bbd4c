package dev.mooring.bounds;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.NetworkContract;

class MariadbNetworkTest extends NetworkContract implements OnMariadb {}
