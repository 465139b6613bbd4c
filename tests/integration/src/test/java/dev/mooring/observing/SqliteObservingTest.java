package dev.mooring.observing;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteObservingTest extends ObservingContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(directory.resolve("observing.sqlite3").toString());
    }
}
