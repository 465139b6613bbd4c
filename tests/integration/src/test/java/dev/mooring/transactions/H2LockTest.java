package dev.mooring.transactions;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.LockContract;

class H2LockTest extends LockContract implements OnH2 {}
