package dev.mooring.transactions;

import dev.mooring.config.DatabaseSettingsBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteForgottenWorkTest extends ForgottenWorkContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.sqlite(directory);
    }
}
