package dev.mooring.docs;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;

/** The databases that a page's snippets run on. */
enum OnBothDatabases {
    POSTGRESQL,
    SQLITE;

    DatabaseSettings settings(Path directory) {
        return this == SQLITE ? EmptyDatabases.sqlite(directory) : EmptyDatabases.postgres();
    }

    Databases open(Path directory) {
        return Databases.of(settings(directory));
    }
}
