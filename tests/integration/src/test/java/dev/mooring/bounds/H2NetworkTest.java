package dev.mooring.bounds;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.NetworkContract;

class H2NetworkTest extends NetworkContract implements OnH2 {}
