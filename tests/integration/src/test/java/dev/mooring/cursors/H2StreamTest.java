package dev.mooring.cursors;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.StreamContract;

class H2StreamTest extends StreamContract implements OnH2 {}
