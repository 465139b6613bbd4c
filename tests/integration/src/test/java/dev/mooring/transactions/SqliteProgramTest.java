package dev.mooring.transactions;

import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.ProgramContract;

class SqliteProgramTest extends ProgramContract implements OnSqlite {}
