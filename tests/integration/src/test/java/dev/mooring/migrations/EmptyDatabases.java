package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.kit.MariadbServer;
import dev.mooring.transactions.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** New databases without a table, each with a name of its own. */
public final class EmptyDatabases {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private EmptyDatabases() {}

    /** {@return a file of SQLite that does not exist yet} */
    public static DatabaseSettings sqlite(Path directory) {
        return sqlite(directory
                .resolve("test-" + COUNT.incrementAndGet() + ".sqlite3")
                .toString());
    }

    static DatabaseSettings sqlite(String name) {
        return DatabaseSettings.builder("default").engine("sqlite3").name(name).build();
    }

    /** {@return a new file of SQLite that holds what {@code original} does, which nobody has open} */
    static DatabaseSettings sqliteCopy(DatabaseSettings original, Path directory) {
        DatabaseSettings copy = sqlite(directory);
        try {
            Files.copy(Path.of(original.name()), Path.of(copy.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    /** {@return a database of a PostgreSQL server that runs until the tests are over} */
    public static DatabaseSettings postgres() {
        return postgresFrom("template1");
    }

    /** {@return a new database of that server that holds what {@code original} does, which nobody has open} */
    static DatabaseSettings postgresCopy(DatabaseSettings original) {
        return postgresFrom(original.name());
    }

    private static DatabaseSettings postgresFrom(String template) {
        String name = "test_" + COUNT.incrementAndGet();
        try (Connection connection =
                        TestDatabases.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            // The usual strategy writes each page to the log, which takes three times as long.
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY FILE_COPY");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return postgres(name, TestDatabases.server().getPort());
    }

    /** {@return a new database of a MariaDB server that runs until the tests are over} */
    public static DatabaseSettings mariadb() {
        return TestDatabases.mariadb("test_" + COUNT.incrementAndGet()).build();
    }

    /** {@return a new database of that server that holds what {@code original} does} */
    static DatabaseSettings mariadbCopy(DatabaseSettings original) {
        DatabaseSettings copy = mariadb();
        TestDatabases.mariadbServer().copy(original.name(), copy.name());
        return copy;
    }

    /** {@return the same where double quotes enclose names, as on the other databases} */
    public static DatabaseSettings mariadbWithAnsiQuotes() {
        return mariadb().toBuilder()
                .option("sql_mode", "ANSI_QUOTES,STRICT_TRANS_TABLES")
                .build();
    }

    static DatabaseSettings mariadb(String name, int port) {
        return DatabaseSettings.builder("default")
                .engine("mariadb")
                .name(name)
                .user(MariadbServer.USER)
                .password(MariadbServer.USER)
                .host("127.0.0.1")
                .port(port)
                .build();
    }

    static DatabaseSettings postgres(String name, int port) {
        return DatabaseSettings.builder("default")
                .engine("postgresql")
                .name(name)
                .user("postgres")
                .host("localhost")
                .port(port)
                .build();
    }

    /** {@return the same database under another alias} */
    static DatabaseSettings as(String alias, DatabaseSettings database) {
        DatabaseSettingsBuilder copy = DatabaseSettings.builder(alias)
                .engine(database.engine())
                .name(database.name())
                .user(database.user())
                .password(database.password().reveal())
                .host(database.host());
        database.port().ifPresent(copy::port);
        database.options().forEach(copy::option);
        return copy.build();
    }
}
