package dev.mooring.schema;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.SchemaContract;

class MariadbSchemaTest extends SchemaContract implements OnMariadb {}
