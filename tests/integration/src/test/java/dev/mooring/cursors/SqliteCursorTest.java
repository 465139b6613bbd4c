package dev.mooring.cursors;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteCursorTest extends CursorContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(directory.resolve("cursors.sqlite3").toString());
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
