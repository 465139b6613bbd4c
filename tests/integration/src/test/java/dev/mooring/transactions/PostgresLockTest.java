package dev.mooring.transactions;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.LockContract;

class PostgresLockTest extends LockContract implements OnPostgres {}
