package dev.mooring.sessions;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.SessionContract;

class MariadbSessionRulesTest extends SessionContract implements OnMariadb {}
