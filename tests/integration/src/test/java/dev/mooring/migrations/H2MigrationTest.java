package dev.mooring.migrations;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.MigrationContract;

class H2MigrationTest extends MigrationContract implements OnH2 {}
