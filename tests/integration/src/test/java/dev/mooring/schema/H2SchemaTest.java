package dev.mooring.schema;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.SchemaContract;

class H2SchemaTest extends SchemaContract implements OnH2 {}
