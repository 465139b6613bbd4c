package dev.mooring.sessions;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;

/** The databases that sessions are tried on. */
enum Engine {
    POSTGRES {
        @Override
        DatabaseSettings settings(Path directory) {
            return EmptyDatabases.postgres();
        }
    },
    SQLITE {
        @Override
        DatabaseSettings settings(Path directory) {
            return EmptyDatabases.sqlite(directory).toBuilder()
                    .option("synchronous", "OFF")
                    .build();
        }
    };

    /** {@return the settings of a database without a table} */
    abstract DatabaseSettings settings(Path directory);
}
