package dev.mooring.cursors;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.EmptyParametersContract;

class H2EmptyParametersTest extends EmptyParametersContract implements OnH2 {}
