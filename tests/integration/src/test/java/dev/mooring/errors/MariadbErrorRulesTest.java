package dev.mooring.errors;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.ErrorContract;

class MariadbErrorRulesTest extends ErrorContract implements OnMariadb {}
