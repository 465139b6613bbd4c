package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --database}, the same for every command. */
final class DatabaseOption {

    private static final String VARIABLE = "DATABASE_URL";
    /** What the manage commands fall back to: they are for a database that stays. */
    static final String FILE = "sqlite:///mooring.db";

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = {
                "postgres://user:password@host:port/name,",
                "mariadb://user:password@host:port/name,",
                "sqlite:///relative.db, sqlite:////absolute.db,",
                "or a temporary database: embedded-sqlite, embedded-postgres.",
                "The environment variable DATABASE_URL keeps a password out of the process list."
            })
    private @Nullable String url;

    /** {@return the database that was asked for, else that of the environment, else {@code otherwise}} */
    Target openOr(String otherwise, Terminal terminal) {
        String fromEnvironment = terminal.environment().get(VARIABLE);
        if (url == null && fromEnvironment != null && !fromEnvironment.isBlank()) {
            return open(VARIABLE, fromEnvironment);
        }
        return openOr(otherwise);
    }

    /** As above, without a look at the environment: for what nobody should do to a database by accident. */
    Target openOr(String otherwise) {
        return open("--database", url == null ? otherwise : url);
    }

    /**
     * {@return these settings for a command that only reads} A SQLite file that is not there is then an error, and not made. A
     * server is not told, because a pooler in between may refuse a connection that asks to be read-only.
     */
    static DatabaseSettings onlyReading(DatabaseSettings settings) {
        return Engine.of(settings) == Engine.SQLITE
                ? settings.toBuilder().readOnly(true).build()
                : settings;
    }

    private static Target open(String source, String url) {
        try {
            return Target.of(url);
        } catch (ImproperlyConfiguredException e) {
            throw new ImproperlyConfiguredException(source + ": " + e.getMessage(), e);
        }
    }
}
