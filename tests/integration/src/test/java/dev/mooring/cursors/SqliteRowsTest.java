package dev.mooring.cursors;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("SQLite: rows as objects and lists as parameters")
class SqliteRowsTest extends RowsContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.sqlite(directory);
    }
}
