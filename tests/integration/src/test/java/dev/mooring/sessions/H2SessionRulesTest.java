package dev.mooring.sessions;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.SessionContract;

class H2SessionRulesTest extends SessionContract implements OnH2 {}
