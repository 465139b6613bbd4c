package dev.mooring.transactions;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Databases that need not survive a power cut, and are quick therefore. */
public final class TestDatabases {

    private TestDatabases() {}

    /** {@return a file of SQLite that does not exist yet} */
    public static DatabaseSettingsBuilder sqlite(Path directory) {
        return DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(directory.resolve("test.sqlite3").toString())
                .option("synchronous", "OFF");
    }

    /** {@return the one database of a PostgreSQL server that runs until the tests are over} */
    public static DatabaseSettingsBuilder postgres() {
        return DatabaseSettings.builder("default")
                .engine("postgresql")
                .name("postgres")
                .user("postgres")
                .host("localhost")
                .port(server().getPort());
    }

    /** {@return that server, which is nobody's to close} */
    public static EmbeddedPostgres server() {
        return Server.POSTGRES;
    }

    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        // The databases are gone before there is anything to clean up in them.
                        .setServerConfig("autovacuum", "off")
                        .setServerConfig("deadlock_timeout", "50ms")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
