package dev.mooring.libraries;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;

/** The databases that the view and the libraries on it are tried on. */
public enum Engine {
    POSTGRES {
        @Override
        public DatabaseSettings settings(Path directory) {
            return EmptyDatabases.postgres();
        }
    },
    SQLITE {
        @Override
        public DatabaseSettings settings(Path directory) {
            return EmptyDatabases.sqlite(directory).toBuilder()
                    .option("synchronous", "OFF")
                    .build();
        }
    };

    /** {@return the settings of a database without a table} */
    public abstract DatabaseSettings settings(Path directory);
}
