package dev.mooring.schema;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.NamesContract;

class MariadbNamesRulesTest extends NamesContract implements OnMariadb {}
