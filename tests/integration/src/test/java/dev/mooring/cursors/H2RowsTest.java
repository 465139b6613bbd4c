package dev.mooring.cursors;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.RowsContract;

class H2RowsTest extends RowsContract implements OnH2 {}
