package dev.mooring.values;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.ValuesContract;

class H2ValuesTest extends ValuesContract implements OnH2 {}
