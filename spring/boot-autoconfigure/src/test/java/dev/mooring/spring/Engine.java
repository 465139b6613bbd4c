package dev.mooring.spring;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that applications are tried on, by JDBC URLs as Spring Boot's users write them. */
public enum Engine {
    POSTGRES("org.hibernate.dialect.PostgreSQLDialect") {
        @Override
        public String newDatabase() {
            String name = "test_" + COUNT.incrementAndGet();
            Server.execute("CREATE DATABASE " + name);
            return "jdbc:postgresql://localhost:" + Server.RUNNING.getPort() + "/" + name + "?user=postgres";
        }
    },
    SQLITE("org.hibernate.community.dialect.SQLiteDialect") {
        @Override
        public String newDatabase() {
            try {
                Path directory = Files.createTempDirectory("mooring-spring");
                directory.toFile().deleteOnExit();
                return "jdbc:sqlite:" + directory.resolve("test.sqlite3") + "?synchronous=OFF";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String dialect;

    Engine(String dialect) {
        this.dialect = dialect;
    }

    /** {@return the JDBC URL of a database without a table} */
    public abstract String newDatabase();

    /** {@return the URL of a database without a table, as {@code DatabaseSettings} reads it} */
    String newUrl() {
        return newDatabase()
                .replace("jdbc:sqlite:", "sqlite:///")
                .replace("jdbc:postgresql://", "postgresql://postgres@")
                .replace("?user=postgres", "");
    }

    /** {@return what Hibernate calls it} */
    public String dialect() {
        return dialect;
    }

    /** Has PostgreSQL close all connections to the database {@code name}, and waits until it has. */
    public static void cutConnections(String name) {
        Server.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '%s'".formatted(name));
    }

    /** Has PostgreSQL close all connections to the database {@code name}, and refuse new ones since it is gone. */
    public static void drop(String name) {
        Server.execute("DROP DATABASE %s WITH (FORCE)".formatted(name));
    }

    /** Started once, when a test first needs it, and stopped with the JVM. */
    private static final class Server {

        private static final EmbeddedPostgres RUNNING = start();

        static void execute(String sql) {
            try (Connection connection = RUNNING.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                boolean unused = statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
