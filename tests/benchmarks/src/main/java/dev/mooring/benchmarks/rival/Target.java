package dev.mooring.benchmarks.rival;

import dev.mooring.DatabaseListener;
import dev.mooring.Databases;
import dev.mooring.DatabasesBuilder;
import dev.mooring.benchmarks.stub.StubBackendProvider;
import dev.mooring.benchmarks.stub.StubDriver;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * What pools connect to: the same database in the words of JDBC, for the peers, and in those of Mooring.
 *
 * @param url the JDBC URL
 * @param driver the driver's class, for Agroal
 * @param properties the driver's properties
 * @param initialSql what a new connection begins with, for those that the writers' loads compare; empty for nothing
 * @param settings Mooring's settings but for the size of the pool
 */
public record Target(
        String url,
        Class<? extends Driver> driver,
        Map<String, String> properties,
        String initialSql,
        DatabaseSettings settings) {

    /** How long every pool waits for a connection: longer than any benchmark, so that none gives up. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    /** {@return the driver that does nothing} */
    public static Target stub() {
        return new Target(
                StubDriver.URL,
                StubDriver.class,
                Map.of(),
                "",
                builder().engine(StubBackendProvider.ENGINE).name("stub").build());
    }

    /** {@return a file in WAL mode; {@code synchronous} is NORMAL or FULL, and the busy handler waits for 5 s} */
    public static Target sqlite(Path file, String synchronous, String initialSql) {
        Map<String, String> properties = Map.of(
                "journal_mode", "WAL",
                "synchronous", synchronous,
                "busy_timeout", "5000",
                "foreign_keys", "true");
        return new Target(
                "jdbc:sqlite:" + file,
                org.sqlite.JDBC.class,
                properties,
                initialSql,
                builder()
                        .engine("sqlite3")
                        .name(file.toString())
                        .option("journal_mode", "WAL")
                        .option("synchronous", synchronous)
                        .option("init_command", initialSql)
                        .build());
    }

    /** {@return a server on this machine that lets its superuser in, as the embedded one does} */
    public static Target postgres(int port) {
        return new Target(
                "jdbc:postgresql://localhost:" + port + "/postgres",
                org.postgresql.Driver.class,
                Map.of("user", "postgres", "sslmode", "disable", "gssEncMode", "disable"),
                "",
                builder()
                        .engine("postgresql")
                        .host("localhost")
                        .port(port)
                        .name("postgres")
                        .user("postgres")
                        .option("sslmode", "disable")
                        .option("gssencmode", "disable")
                        .build());
    }

    /** {@return a connection outside any pool} */
    public Connection connect() throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        return DriverManager.getConnection(url, all);
    }

    /** {@return Mooring with at most {@code size} connections, these listeners and otherwise its defaults} */
    public Databases databases(int size, DatabaseListener... listeners) {
        DatabasesBuilder builder =
                Databases.builder().backend(new StubBackendProvider()).add(sized(size));
        for (DatabaseListener listener : listeners) {
            builder.listener(listener);
        }
        return builder.build();
    }

    DatabaseSettings sized(int size) {
        return settings.toBuilder().maxConnections(size).build();
    }

    private static DatabaseSettingsBuilder builder() {
        return DatabaseSettings.builder(DatabaseSettings.DEFAULT_ALIAS).acquireTimeout(PATIENCE);
    }
}
