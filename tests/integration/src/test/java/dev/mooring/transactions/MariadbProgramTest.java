package dev.mooring.transactions;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.ProgramContract;

class MariadbProgramTest extends ProgramContract implements OnMariadb {}
