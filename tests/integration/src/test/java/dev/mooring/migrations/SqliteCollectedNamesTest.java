package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteCollectedNamesTest extends CollectedNamesContract {

    @TempDir
    private Path directory;

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.sqlite(directory);
    }
}
