package dev.mooring.auth;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.migrations.EmptyDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** A new database without a table, on each of the engines. */
final class AuthDatabase implements AutoCloseable {

    /** Where the database is. */
    enum Engine {
        SQLITE("sqlite3"),
        POSTGRESQL("postgresql"),
        MARIADB("mariadb");

        private final String name;

        Engine(String name) {
            this.name = name;
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
        return create(engine, builder -> builder);
    }

    /** {@return one whose settings are changed} */
    static AuthDatabase create(Engine engine, UnaryOperator<DatabaseSettingsBuilder> change) {
        DatabaseSettings settings = switch (engine) {
            case SQLITE -> file();
            case POSTGRESQL -> EmptyDatabases.postgres();
            case MARIADB -> EmptyDatabases.mariadb();
        };
        return new AuthDatabase(engine, change.apply(settings.toBuilder()).build());
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

    /** {@return how many rows of users were read since this was last asked} */
    int rows() {
        return statements.rows.getAndSet(0);
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
}
