package dev.mooring.cursors;

import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.CursorContract;

class SqliteCursorTest extends CursorContract implements OnSqlite {}
