package dev.mooring.auth;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A new database without a table, on each of the two engines. */
final class AuthDatabase implements AutoCloseable {

    /** Where the database is. */
    enum Engine {
        SQLITE("sqlite3"),
        POSTGRESQL("postgresql");

        private final String name;

        Engine(String name) {
            this.name = name;
        }
    }

    /** One server for all tests; ended with the process. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();
        private static final AtomicInteger DATABASES = new AtomicInteger();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final CountedStatements statements;
    private final DatabaseSettings settings;
    private final Databases databases;

    private AuthDatabase(Engine engine, DatabaseSettings settings) {
        this.settings = settings;
        statements = new CountedStatements(engine.name);
        databases = Databases.builder().backend(statements).add(settings).build();
    }

    static AuthDatabase create(Engine engine) {
        return new AuthDatabase(engine, engine == Engine.SQLITE ? file() : database());
    }

    Databases databases() {
        return databases;
    }

    DatabaseSettings settings() {
        return settings;
    }

    /** {@return the first words of the statements on users since this was last asked} */
    List<String> statements() {
        List<String> seen = List.copyOf(statements.seen);
        statements.seen.clear();
        return seen;
    }

    @Override
    public void close() {
        databases.close();
    }

    private static DatabaseSettings file() {
        try {
            Path directory = Files.createTempDirectory("auth");
            directory.toFile().deleteOnExit();
            Path file = directory.resolve("auth.db");
            file.toFile().deleteOnExit();
            return DatabaseSettings.builder("default")
                    .engine("sqlite3")
                    .name(file.toString())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DatabaseSettings database() {
        String name = "auth_" + Server.DATABASES.incrementAndGet();
        try (var admin = Server.POSTGRES.getPostgresDatabase().getConnection();
                var statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return DatabaseSettings.builder("default")
                .engine("postgresql")
                .name(name)
                .host("localhost")
                .port(Server.POSTGRES.getPort())
                .user("postgres")
                .build();
    }
}
