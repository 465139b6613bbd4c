package dev.mooring.transactions;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.kit.MariadbServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;

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

    /** {@return one database of MariaDB's server, in which double quotes enclose texts} */
    public static DatabaseSettingsBuilder mariadb() {
        return mariadb("mooring");
    }

    /** {@return one in which texts are compared with their case, as on the other databases} */
    public static DatabaseSettingsBuilder mariadbBinary() {
        DatabaseSettingsBuilder settings = mariadb("mooring_binary");
        try (Databases databases = Databases.of(settings.build())) {
            databases.execute("ALTER DATABASE mooring_binary COLLATE utf8mb4_bin");
        }
        return settings;
    }

    /** {@return the database of that name, which is made if it is not there} Where no server is installed the test is aborted. */
    public static DatabaseSettingsBuilder mariadb(String name) {
        DatabaseSettingsBuilder settings = mariadbServer().settings(name);
        mariadbServer().createDatabase(name);
        return settings;
    }

    /** {@return a server that runs until the tests are over, and is nobody's to close} */
    public static MariadbServer mariadbServer() {
        return MariadbServer.isInstalled() ? Mariadb.SERVER : abort(notRun(caller()));
    }

    /** {@return what a test class registers that needs MariaDB's server; where none is installed, what aborts the tests} */
    public static Extension onMariadb(Supplier<? extends Extension> extension) {
        return MariadbServer.isInstalled()
                ? extension.get()
                : (BeforeEachCallback)
                        context -> abort(notRun(context.getRequiredTestClass().getName()));
    }

    /** Says so where nobody can miss it. */
    public static String notRun(String test) {
        String message = "NOT RUN: " + test + ": mariadb-server is not installed";
        System.err.println(message);
        return message;
    }

    private static String caller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(name -> name.endsWith("Test") || name.endsWith("Contract"))
                        .findFirst())
                .orElse("a test of MariaDB");
    }

    private static final class Mariadb {
        private static final MariadbServer SERVER = MariadbServer.start(
                "--performance-schema=ON",
                "--performance-schema-instrument=transaction=ON",
                "--performance-schema-consumer-events-transactions-current=ON");
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
