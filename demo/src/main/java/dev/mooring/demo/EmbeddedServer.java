package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ImproperlyConfiguredException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A PostgreSQL server of this program's own, unpacked from a jar: {@link #close()} stops it and deletes its files.
 *
 * <p>The work is done by an ordinary role, so that the slots kept for superusers remain for the one who counts.
 */
final class EmbeddedServer implements Target {

    private static final int MAX_CONNECTIONS = 100;
    private static final String NAME = "mooring";
    private static final String SUPERUSER = "postgres";

    private final EmbeddedPostgres server;

    private EmbeddedServer(EmbeddedPostgres server) {
        this.server = server;
    }

    static EmbeddedServer start() {
        return start(MAX_CONNECTIONS);
    }

    static EmbeddedServer start(int maxConnections) {
        try {
            EmbeddedServer started = new EmbeddedServer(EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", Integer.toString(maxConnections))
                    .start());
            started.createRoleAndDatabase();
            return started;
        } catch (IOException | IllegalStateException e) {
            throw new ImproperlyConfiguredException(
                    "PostgreSQL did not start (%s); give the URL of a running server instead".formatted(e.getMessage()),
                    e);
        }
    }

    private void createRoleAndDatabase() {
        try (Databases databases = Databases.of(loggedInAs(SUPERUSER, SUPERUSER).build())) {
            databases.execute("CREATE ROLE " + NAME + " LOGIN");
            databases.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
        }
    }

    private DatabaseSettingsBuilder loggedInAs(String user, String database) {
        return DatabaseSettings.builder(DatabaseSettings.DEFAULT_ALIAS)
                .engine("postgresql")
                .host("localhost")
                .port(server.getPort())
                .user(user)
                .name(database);
    }

    @Override
    public DatabaseSettings settings() {
        return loggedInAs(NAME, NAME).build();
    }

    @Override
    public boolean isTemporary() {
        return true;
    }

    @Override
    public ServerView watch(String applicationName) {
        return ServerSessions.ofPostgres(loggedInAs(SUPERUSER, NAME).build(), applicationName);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
