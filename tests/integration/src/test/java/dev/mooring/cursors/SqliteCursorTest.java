package dev.mooring.cursors;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteCursorTest extends CursorContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.sqlite(directory);
    }

    @Override
    int maxParameters() {
        return 32_766;
    }

    @Override
    String numberedKey() {
        return "integer PRIMARY KEY AUTOINCREMENT";
    }
}
