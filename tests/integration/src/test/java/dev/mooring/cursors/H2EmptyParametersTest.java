package dev.mooring.cursors;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.example.h2.H2Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2EmptyParametersTest extends EmptyParametersContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return H2Databases.in(directory);
    }
}
