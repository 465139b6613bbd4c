package dev.mooring.cursors;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.CursorContract;

class MariadbCursorTest extends CursorContract implements OnMariadb {}
