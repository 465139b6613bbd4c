package dev.mooring.schema;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteColumnRemovalTest extends ColumnRemovalContract {

    @TempDir
    private Path directory;

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.sqlite(directory);
    }
}
