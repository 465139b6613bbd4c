package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuthMigrationsTest extends AuthMigrationsContract {

    @TempDir
    private static Path directory;

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.sqlite(directory);
    }

    @Override
    DatabaseSettings copyOf(DatabaseSettings original) {
        return EmptyDatabases.sqliteCopy(original, directory);
    }
}
