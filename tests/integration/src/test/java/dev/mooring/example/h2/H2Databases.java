package dev.mooring.example.h2;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import java.nio.file.Path;

/** Files of H2 for tests. */
public final class H2Databases {

    private H2Databases() {}

    /** {@return settings of a file in that directory, made when it is first opened} */
    public static DatabaseSettingsBuilder in(Path directory) {
        return DatabaseSettings.builder(DatabaseSettings.DEFAULT_ALIAS)
                .engine("h2")
                .name(directory.resolve("h2").toAbsolutePath().toString());
    }
}
