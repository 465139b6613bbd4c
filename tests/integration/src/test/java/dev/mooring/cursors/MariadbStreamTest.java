package dev.mooring.cursors;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.StreamContract;

class MariadbStreamTest extends StreamContract implements OnMariadb {}
