package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteMigrationRoutersTest extends MigrationRoutersContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettings emptyDatabase(String alias) {
        return EmptyDatabases.as(alias, EmptyDatabases.sqlite(directory));
    }
}
