package dev.mooring.transactions;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.IsolationLevel;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("SQLite: isolation levels of blocks")
class SqliteIsolationTest extends IsolationContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.sqlite(directory);
    }

    /** SQLite's transactions are all serializable, unless two connections share their cache. */
    @Override
    String level(IsolationLevel level) {
        return "[0]";
    }

    @Override
    String current() {
        return databases.query("PRAGMA read_uncommitted").one().values().toString();
    }
}
