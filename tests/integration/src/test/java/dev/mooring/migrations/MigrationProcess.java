package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.kit.Fault;
import dev.mooring.kit.Faults;
import dev.mooring.kit.FaultyBackend;
import dev.mooring.kit.JdbcCall;
import dev.mooring.mariadb.MariadbBackendProvider;
import dev.mooring.postgres.PostgresBackendProvider;
import dev.mooring.spi.BackendProvider;
import dev.mooring.sqlite.SqliteBackendProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that migrates {@link ShopHistory}. Before its k-th statement it says so and waits: until it is told
 * to go on, or is killed.
 */
final class MigrationProcess implements AutoCloseable {

    static final String REACHED = "reached";
    static final String WAITING = "waiting";
    static final String DONE = "done";

    private static final int NEVER = 1_000_000;

    private final Process process;
    private final BufferedReader output;

    private MigrationProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static MigrationProcess start(DatabaseSettings settings) throws IOException {
        return startHaltingAt(settings, NEVER);
    }

    /** Starts one that stops before statement {@code k}, counted from 1. */
    static MigrationProcess startHaltingAt(DatabaseSettings settings, int k) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                MigrationProcess.class.getName(),
                settings.engine(),
                settings.name(),
                settings.port().isPresent() ? Integer.toString(settings.port().getAsInt()) : "0",
                Integer.toString(k));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return new MigrationProcess(builder.start());
    }

    /** {@return the next line that it says, but for log lines} */
    String says() {
        try {
            String line = output.readLine();
            while (line != null && !isSaid(line)) {
                System.err.println("The migrating process logs: " + line);
                line = output.readLine();
            }
            assertThat(line).as("what the migrating process says").isNotNull();
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSaid(String line) {
        return line.equals(REACHED) || line.equals(WAITING) || line.startsWith(DONE);
    }

    /** {@return the first line that is not about waiting} */
    String saysAtLast() {
        String line = says();
        while (line.equals(WAITING)) {
            line = says();
        }
        return line;
    }

    void goOn() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** What kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("exit code of a killed process").isEqualTo(128 + 9);
    }

    void end() throws InterruptedException {
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) {
        String engine = arguments[0];
        Faults faults = new Faults();
        faults.when(MigrationProcess::changes, Integer.parseInt(arguments[3]), stopping());
        try (Databases databases = Databases.builder()
                .add(settings(engine, arguments[1], arguments[2]))
                .backend(FaultyBackend.around(provider(engine), faults))
                .build()) {
            List<Migration> applied = new MigrationExecutor(databases, "default", ShopHistory.of(engine))
                    .migrate(new MigrationListener() {
                        @Override
                        public void waiting() {
                            say(WAITING);
                        }
                    });
            // What is sent from here on, such as when a connection is closed, is no part of the migration.
            faults.clear();
            say(DONE + " " + applied);
        }
        // Beside other tests the JVM did not come to its end within a minute, twice in the full check; why is not known
        // yet.
        Runtime.getRuntime().halt(0);
    }

    private static DatabaseSettings settings(String engine, String name, String port) {
        return switch (engine) {
            case "sqlite3" -> EmptyDatabases.sqlite(name);
            case "mariadb" -> EmptyDatabases.mariadb(name, Integer.parseInt(port));
            default -> EmptyDatabases.postgres(name, Integer.parseInt(port));
        };
    }

    private static BackendProvider provider(String engine) {
        return switch (engine) {
            case "sqlite3" -> new SqliteBackendProvider();
            case "mariadb" -> new MariadbBackendProvider();
            default -> new PostgresBackendProvider();
        };
    }

    /** What only reads leaves the database as the statement before it did: to stop there would be to stop twice. */
    private static boolean changes(JdbcCall call) {
        boolean sends = call.isOf("execute") || call.isOf("executeUpdate") || call.isOf("executeQuery");
        boolean reads = call.says("SELECT") || call.says("PRAGMA") || call.says("SET") || call.says("SHOW");
        // How SQLite is asked whether a transaction is open.
        boolean asks = call.says("BEGIN DEFERRED") || call.says("ROLLBACK");
        return call.isOf("Connection.commit") || (sends && !reads && !asks);
    }

    private static Fault stopping() {
        return invocation -> {
            say(REACHED);
            if (System.in.read() < 0) {
                Runtime.getRuntime().halt(1);
            }
            return invocation.proceed();
        };
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
