package dev.mooring.schema;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.SchemaContract;

class PostgresSchemaTest extends SchemaContract implements OnPostgres {}
