package dev.mooring.cursors;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.NamedParametersContract;

class H2NamedParametersTest extends NamedParametersContract implements OnH2 {}
