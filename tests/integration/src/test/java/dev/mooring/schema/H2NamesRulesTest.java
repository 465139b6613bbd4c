package dev.mooring.schema;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.NamesContract;

class H2NamesRulesTest extends NamesContract implements OnH2 {}
