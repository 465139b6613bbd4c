package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;

/** Looks into a database that the program has left. */
final class DemoQueries {

    private DemoQueries() {}

    static long count(String url, String sql) {
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl(url))) {
            return databases.query(sql).get(0).getLong("n");
        }
    }
}
