package dev.mooring.cursors;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.NamedParametersContract;

class MariadbNamedParametersTest extends NamedParametersContract implements OnMariadb {}
