package dev.mooring.kit;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.DatabaseException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Databases beside the configured one, on the same server. Made through the server's database {@code postgres}, where a
 * lock keeps other test runs away from the name; what was made has a comment, and nothing without it is ever dropped.
 */
final class PostgresCreation implements DatabaseCreation {

    private static final String COMMENT = "Made by mooring-kit for tests";
    private static final int LONGEST_NAME = 63;

    private final DatabaseSettings configured;
    /** For the connection with the locks alone, whose session has to outlive the thread that took them. */
    private final Databases locks;

    private final Databases server;
    private @Nullable Connection locking;

    PostgresCreation(DatabaseSettings configured) {
        this.configured = configured;
        this.locks = Databases.of(administration().reclaim(false).build());
        this.server = Databases.of(administration().build());
    }

    @Override
    public String defaultName() {
        return "test_" + configured.name();
    }

    @Override
    public DatabaseSettings create(String name, boolean keep) {
        DatabaseSettings settings = named(name);
        reserve(name);
        if (keep && !comments(name).isEmpty()) {
            return settings;
        }
        createAnew(name, "");
        return settings;
    }

    @Override
    public DatabaseSettings copy(DatabaseSettings original, String name) {
        DatabaseSettings settings = named(name);
        createAnew(name, " TEMPLATE " + quoted(original.name()));
        return settings;
    }

    @Override
    public void drop(DatabaseSettings database) {
        drop(database.name());
    }

    @Override
    public void close() {
        try {
            server.close();
        } finally {
            releaseLocks();
        }
    }

    private void releaseLocks() {
        try {
            if (locking != null) {
                locking.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The locks on the test databases of alias '%s' were not released".formatted(configured.alias()), e);
        } finally {
            locks.close();
        }
    }

    private void createAnew(String name, String how) {
        List<Boolean> present = comments(name);
        if (present.contains(false)) {
            throw new IllegalStateException(
                    ("Database '%s' is there, and no test made it. Drop it, or give the test database of alias '%s' another "
                                    + "name")
                            .formatted(name, configured.alias()));
        }
        if (!present.isEmpty()) {
            drop(name);
        }
        server.execute("CREATE DATABASE " + quoted(name) + how);
        server.execute("COMMENT ON DATABASE " + quoted(name) + " IS '" + COMMENT + "'");
    }

    /** Whoever is connected still is thrown out, which the server knows how to do since version 13. */
    private void drop(String name) {
        boolean force = Boolean.TRUE.equals(server.query("SELECT current_setting('server_version_num')::int >= 130000")
                .get(0)
                .get(0));
        server.execute("DROP DATABASE " + quoted(name) + (force ? " WITH (FORCE)" : ""));
    }

    /** {@return whether tests made the database of that name; empty if there is none} */
    private List<Boolean> comments(String name) {
        return server
                .query("SELECT shobj_description(oid, 'pg_database') AS made FROM pg_database WHERE datname = %s", name)
                .stream()
                .map(row -> COMMENT.equals(row.get("made")))
                .toList();
    }

    private void reserve(String name) {
        if (!tryLock(name)) {
            throw new IllegalStateException(
                    ("Test database '%s' of alias '%s' is in use, by another test run or by another TestDatabase of this one. "
                                    + "Let test classes share one TestDatabase, or give each a name of its own.")
                            .formatted(name, configured.alias()));
        }
    }

    private boolean tryLock(String name) {
        try {
            if (locking == null) {
                locking = locks.dataSource().getConnection();
            }
            try (PreparedStatement statement =
                    locking.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?, 0))")) {
                statement.setString(1, "mooring-kit " + name);
                try (ResultSet answer = statement.executeQuery()) {
                    return answer.next() && answer.getBoolean(1);
                }
            }
        } catch (SQLException | DatabaseException e) {
            throw new IllegalStateException(
                    "Test database '%s' could not be created from database 'postgres' of the same server"
                            .formatted(name),
                    e);
        }
    }

    private DatabaseSettingsBuilder administration() {
        DatabaseSettingsBuilder builder = DatabaseSettings.builder(DatabaseSettings.DEFAULT_ALIAS)
                .engine(configured.engine())
                .name("postgres")
                .user(configured.user())
                .password(configured.password().reveal())
                .host(configured.host())
                .port(configured.port().orElse(0))
                .connectTimeout(configured.connectTimeout());
        configured.options().forEach(builder::option);
        return builder;
    }

    /** The server would cut a longer name off. */
    private DatabaseSettings named(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalStateException(
                    "The name '%s' of a test database is longer than %d bytes; choose a shorter one"
                            .formatted(name, LONGEST_NAME));
        }
        return configured.toBuilder().name(name).build();
    }

    private String quoted(String name) {
        return server.using(DatabaseSettings.DEFAULT_ALIAS).backend().dialect().quoteName(name);
    }
}
