package dev.mooring.cursors;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.EmptyParametersContract;

class MariadbEmptyParametersTest extends EmptyParametersContract implements OnMariadb {}
