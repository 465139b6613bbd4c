package dev.mooring.schema;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteIntrospectionTest extends IntrospectionContract {

    @TempDir
    private Path directory;

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.sqlite(directory);
    }

    @Override
    void addMore(Databases databases) {
        databases.execute("CREATE VIEW seen AS SELECT id, name FROM zoo_animal");
        databases.execute("CREATE INDEX lower_name ON zoo_keeper (lower(name))");
        databases.execute("CREATE TABLE plain (a integer PRIMARY KEY, b integer DEFAULT 3, c text DEFAULT 'it''s')");
    }
}
