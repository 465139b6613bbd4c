package dev.mooring.kit;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.DatabaseException;
import java.time.Duration;
import java.util.List;

/**
 * Databases beside the configured one, on the same server, where a lock keeps other test runs away from the name. What was made has a
 * comment, and nothing without it is ever dropped. The server copies no databases, so that each is made and migrated by itself.
 */
final class MariadbCreation implements DatabaseCreation {

    private static final String COMMENT = "Made by mooring-kit for tests";
    private static final int LONGEST_NAME = 64;

    private final DatabaseSettings configured;
    /** For the lock alone, whose session has to outlive the thread that took it. */
    private final Databases lock;

    private final Databases server;

    MariadbCreation(DatabaseSettings configured) {
        this.configured = configured;
        this.lock = Databases.of(administration().reclaim(false).build());
        this.server = Databases.of(administration().build());
    }

    @Override
    public String defaultName() {
        return "test_" + configured.name();
    }

    @Override
    public DatabaseSettings create(String name, boolean keep) {
        if (name.length() > LONGEST_NAME) {
            throw new IllegalStateException(
                    "The name '%s' of a test database is longer than %d characters; choose a shorter one"
                            .formatted(name, LONGEST_NAME));
        }
        DatabaseSettings settings = configured.toBuilder().name(name).build();
        reserve(name);
        List<Boolean> present = comments(name);
        if (present.contains(false)) {
            throw new IllegalStateException(
                    ("Database '%s' is there, and no test made it. Drop it, or give the test database of alias '%s' another "
                                    + "name")
                            .formatted(name, configured.alias()));
        }
        if (present.isEmpty() || !keep) {
            server.execute("DROP DATABASE IF EXISTS " + quoted(name));
            server.execute("CREATE DATABASE " + quoted(name) + " COMMENT '" + COMMENT + "'");
        }
        return settings;
    }

    @Override
    public boolean canCopy() {
        return false;
    }

    @Override
    public DatabaseSettings copy(DatabaseSettings original, String name) {
        throw new UnsupportedOperationException("MariaDB copies no databases");
    }

    @Override
    public void drop(DatabaseSettings database) {
        server.execute("DROP DATABASE " + quoted(database.name()));
    }

    @Override
    public void close() {
        server.close();
        lock.close(Duration.ZERO);
    }

    /** {@return whether tests made the database of that name; empty if there is none} */
    private List<Boolean> comments(String name) {
        return server
                .query("SELECT schema_comment AS made FROM information_schema.schemata WHERE schema_name = %s", name)
                .stream()
                .map(row -> COMMENT.equals(row.get("made")))
                .toList();
    }

    private void reserve(String name) {
        try {
            lock.get().hold();
            if (lock.query(Integer.class, "SELECT get_lock(concat('mooring-kit-', md5(%s)), 0)", name)
                    .optional()
                    .filter(granted -> granted == 1)
                    .isPresent()) {
                return;
            }
        } catch (DatabaseException e) {
            throw new IllegalStateException("Test database '%s' could not be created".formatted(name), e);
        }
        throw new IllegalStateException(
                ("Test database '%s' of alias '%s' is in use, by another test run or by another TestDatabase of this one. "
                                + "Let test classes share one TestDatabase, or give each a name of its own.")
                        .formatted(name, configured.alias()));
    }

    /** That database is everywhere, and open to everybody. */
    private DatabaseSettingsBuilder administration() {
        DatabaseSettingsBuilder builder = DatabaseSettings.builder(DatabaseSettings.DEFAULT_ALIAS)
                .engine(configured.engine())
                .name("information_schema")
                .user(configured.user())
                .password(configured.password().reveal())
                .host(configured.host())
                .port(configured.port().orElse(0))
                .connectTimeout(configured.connectTimeout());
        configured.options().forEach(builder::option);
        return builder;
    }

    private String quoted(String name) {
        return server.using(DatabaseSettings.DEFAULT_ALIAS).backend().dialect().quoteName(name);
    }
}
