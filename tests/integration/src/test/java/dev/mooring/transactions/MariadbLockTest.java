package dev.mooring.transactions;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.LockContract;

class MariadbLockTest extends LockContract implements OnMariadb {}
