package dev.mooring.cursors;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteNamedParametersTest extends NamedParametersContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.sqlite(directory);
    }
}
