package dev.mooring.cursors;

import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.StreamContract;

class SqliteStreamTest extends StreamContract implements OnSqlite {}
