package dev.mooring.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server of MariaDB for tests: the installed {@code mariadbd}, on a directory of its own and a free port of the loopback
 * interface, until it is closed or the JVM ends. What it stores need not survive a power cut, and is quick therefore. Works for root
 * and for ordinary users. Thread-safe.
 */
public final class MariadbServer implements AutoCloseable {

    /** The user that may do everything, with this name as the password too. */
    public static final String USER = "mooring";

    private static final String READY = "ready for connections";
    private static final long START_SECONDS = 60;

    private final Process process;
    private final Path directory;
    private final int port;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Queue<String> log = new ConcurrentLinkedQueue<>();

    private MariadbServer(Path directory, int port, List<String> command) throws IOException {
        this.directory = directory;
        this.port = port;
        this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "mooring-mariadb-stop"));
        Thread reader = new Thread(this::readLog, "mooring-mariadb-log");
        reader.setDaemon(true);
        reader.start();
    }

    /** {@return whether a server is installed here: {@code mariadbd} and {@code mariadb-install-db}} */
    public static boolean isInstalled() {
        return program("mariadbd").isPresent() && program("mariadb-install-db").isPresent();
    }

    /**
     * {@return a running server}
     *
     * @param options more options of {@code mariadbd}, such as {@code --max-connections=20}
     * @throws IllegalStateException if none is installed or it does not start; the message has its log
     */
    public static MariadbServer start(String... options) {
        if (!isInstalled()) {
            throw new IllegalStateException(
                    "MariaDB's server is not installed: mariadbd and mariadb-install-db are neither on the PATH nor in"
                            + " /usr/sbin; on Debian install mariadb-server");
        }
        try {
            Path directory = Files.createTempDirectory("mooring-mariadb");
            Files.createDirectory(temporary(directory));
            install(directory);
            int port = freePort();
            MariadbServer server = new MariadbServer(directory, port, command(directory, port, options));
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the port that it listens on, at 127.0.0.1} */
    public int port() {
        return port;
    }

    /** {@return settings of the database {@code name} there, which need not exist yet, as {@value #USER}} */
    public DatabaseSettingsBuilder settings(String name) {
        return DatabaseSettings.builder(DatabaseSettings.DEFAULT_ALIAS)
                .engine("mariadb")
                .name(name)
                .user(USER)
                .password(USER)
                .host("127.0.0.1")
                .port(port);
    }

    /** Makes a database of that name, unless there is one. Its texts are utf8mb4, compared without case, as by default. */
    public void createDatabase(String name) {
        try (Databases server = Databases.of(settings("mysql").build())) {
            server.execute("CREATE DATABASE IF NOT EXISTS "
                    + server.using(DatabaseSettings.DEFAULT_ALIAS)
                            .backend()
                            .dialect()
                            .quoteName(name));
        }
    }

    /**
     * Puts the tables of the database {@code from}, with their rows and foreign keys, into {@code to}, which is there and empty. By
     * the server's own {@code mariadb-dump}.
     */
    public void copy(String from, String to) {
        String client = " --no-defaults --protocol=tcp --host=127.0.0.1 --port=" + port + " --user=" + USER
                + " --password=" + USER + " ";
        run(List.of(
                "sh",
                "-c",
                "mariadb-dump" + client + "--skip-comments \"$1\" | mariadb" + client + "\"$2\"",
                "copy",
                from,
                to));
    }

    /** Stops the server and deletes what it stored. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delete(directory);
    }

    private void awaitReady() {
        boolean started = false;
        try {
            started = ready.await(START_SECONDS, TimeUnit.SECONDS) && process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!started) {
            close();
            throw new IllegalStateException("MariaDB's server did not start: " + String.join("\n", log));
        }
    }

    private void readLog() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                if (line.contains(READY)) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            log.add(e.toString());
        }
        ready.countDown();
    }

    private static List<String> command(Path directory, int port, String... options) throws IOException {
        Path init = directory.resolve("init.sql");
        Files.writeString(
                init,
                "CREATE USER '%1$s'@'%%' IDENTIFIED BY '%1$s';\nGRANT ALL ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;\n"
                        .formatted(USER));
        List<String> command = new ArrayList<>(List.of(
                program("mariadbd").orElseThrow(),
                "--no-defaults",
                "--datadir=" + directory.resolve("data"),
                "--socket=" + directory.resolve("socket"),
                "--pid-file=" + directory.resolve("pid"),
                "--tmpdir=" + temporary(directory),
                "--init-file=" + init,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_general_ci",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=32M",
                "--innodb-log-file-size=16M",
                "--skip-log-bin"));
        userOption().ifPresent(command::add);
        command.addAll(List.of(options));
        return command;
    }

    private static void install(Path directory) {
        List<String> command = new ArrayList<>(List.of(
                program("mariadb-install-db").orElseThrow(),
                "--no-defaults",
                "--datadir=" + directory.resolve("data"),
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--tmpdir=" + temporary(directory),
                "--innodb-log-file-size=16M"));
        userOption().ifPresent(command::add);
        run(command);
    }

    private static void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("%s failed: %s".formatted(command.get(0), said));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while %s ran".formatted(command.get(0)), e);
        }
    }

    /** Of its own: a server that starts deletes the temporary tables of every other one that has the same directory for them. */
    private static Path temporary(Path directory) {
        return directory.resolve("tmp");
    }

    /** The server refuses to be root's unless it is told. */
    private static Optional<String> userOption() {
        String user = System.getProperty("user.name");
        return user.equals("root") ? Optional.of("--user=root") : Optional.empty();
    }

    private static Optional<String> program(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // It lies in the directory for temporary files.
            return;
        }
    }
}
