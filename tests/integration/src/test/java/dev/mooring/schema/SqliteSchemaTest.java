package dev.mooring.schema;

import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.SchemaContract;

class SqliteSchemaTest extends SchemaContract implements OnSqlite {}
