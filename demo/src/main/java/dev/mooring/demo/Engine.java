package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;

/** The database products whose own count of connections the demo can read. */
enum Engine {
    SQLITE,
    POSTGRESQL,
    MARIADB,
    OTHER;

    static Engine of(DatabaseSettings settings) {
        try (Databases databases = Databases.of(settings)) {
            return switch (databases.using(settings.alias()).backend().engine()) {
                case "sqlite3" -> SQLITE;
                case "postgresql" -> POSTGRESQL;
                case "mariadb" -> MARIADB;
                default -> OTHER;
            };
        }
    }
}
