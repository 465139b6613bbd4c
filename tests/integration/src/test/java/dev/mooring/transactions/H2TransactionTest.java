package dev.mooring.transactions;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.TransactionContract;

class H2TransactionTest extends TransactionContract implements OnH2 {}
