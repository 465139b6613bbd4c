package dev.mooring.cursors;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.CursorContract;

class H2CursorTest extends CursorContract implements OnH2 {}
