package dev.mooring.faults;

import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.FaultContract;

class SqliteFaultTest extends FaultContract implements OnSqlite {}
