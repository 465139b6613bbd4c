package dev.mooring.benchmarks.rival;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server whose commits are safe, as they are in production: the one whose port the system property
 * {@value #PROPERTY} gives, else an embedded one.
 */
public final class PostgresServer implements Place {

    /** The system property that names a running server's port. */
    public static final String PROPERTY = "benchmarks.postgres";

    private static final String[] SAFETY = {"fsync", "synchronous_commit", "full_page_writes"};

    private final @Nullable EmbeddedPostgres own;
    private final int port;

    private PostgresServer(@Nullable EmbeddedPostgres own, int port) {
        this.own = own;
        this.port = port;
    }

    /** {@return a server}
     *
     * @throws IllegalStateException if it runs with a safety catch off
     */
    public static PostgresServer open() throws IOException, SQLException {
        Integer running = Integer.getInteger(PROPERTY);
        PostgresServer server = running == null ? start() : new PostgresServer(null, running);
        try {
            server.checkSafety();
            return server;
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static PostgresServer start() throws IOException {
        Path data = Files.createTempDirectory(WorkDirectory.path(), "postgres");
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(true)
                .setServerConfig("max_connections", "100");
        for (String setting : SAFETY) {
            builder.setServerConfig(setting, "on");
        }
        EmbeddedPostgres started = builder.start();
        return new PostgresServer(started, started.getPort());
    }

    private void checkSafety() throws SQLException {
        try (Connection connection = target().connect()) {
            for (String setting : SAFETY) {
                String value = show(connection, setting);
                if (!value.equals("on")) {
                    throw new IllegalStateException(
                            "PostgreSQL runs with %s = %s; its figures would be nobody's".formatted(setting, value));
                }
            }
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public Target target() {
        return Target.postgres(port);
    }

    /** {@return the port it listens on} */
    public int port() {
        return port;
    }

    /** {@return its version, in its own words} */
    public String version() throws SQLException {
        try (Connection connection = target().connect()) {
            return show(connection, "server_version");
        }
    }

    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
        }
    }
}
