package dev.mooring.errors;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.ErrorContract;

class H2ErrorRulesTest extends ErrorContract implements OnH2 {}
