package dev.mooring.transactions;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.ProgramContract;

class PostgresProgramTest extends ProgramContract implements OnPostgres {}
