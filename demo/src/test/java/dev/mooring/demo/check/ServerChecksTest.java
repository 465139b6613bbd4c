package dev.mooring.demo.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.demo.Installed;
import dev.mooring.kit.MariadbServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
@DisplayName("The command check sees of a server")
class ServerChecksTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("whether PgBouncer is in between, and in which mode")
    void poolers() throws IOException, InterruptedException {
        Path program = Installed.program("pgbouncer", "pgbouncer");
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            DatabaseSettings settings =
                    DatabaseSettings.fromUrl("postgres://postgres@localhost:" + server.getPort() + "/postgres");
            assertThat(pooler(settings)).isEqualTo("OK    pooler              None is in between.");
            assertThat(through(program, "session", settings))
                    .startsWith("OK    pooler              One is in between, in session mode");
            assertThat(through(program, "transaction", settings))
                    .startsWith("WARN  pooler              One in transaction mode is in between")
                    .contains("prepare_threshold");
        }
    }

    @Test
    @DisplayName("how many connections MariaDB takes, from this user above all")
    void mariadbLimits() {
        Installed.program("mariadbd", "mariadb-server");
        try (MariadbServer server = MariadbServer.start("--max-connections=25")) {
            server.createDatabase("shop");
            DatabaseSettings settings = server.settings("shop").build();

            assertThat(connections(settings, 2))
                    .startsWith("OK    connections         2 x max_connections = 20 of the 25 that the server takes");
            assertThat(connections(settings, 3))
                    .startsWith("FAIL  connections         3 x max_connections = 30 of the 25");
            try (Databases databases = Databases.of(settings)) {
                databases.execute("GRANT USAGE ON *.* TO 'mooring'@'%' WITH MAX_USER_CONNECTIONS 15");
            }
            assertThat(connections(settings, 2))
                    .startsWith("FAIL  connections         2 x max_connections = 20 of the 15");
        }
    }

    private static String connections(DatabaseSettings settings, int instances) {
        try (Databases databases = Databases.of(settings)) {
            return ConnectionsCheck.ofMariadb(databases.using("default"), instances)
                    .run()
                    .toString();
        }
    }

    private static String pooler(DatabaseSettings settings) {
        return new PoolerCheck(settings).run().toString();
    }

    private String through(Path program, String mode, DatabaseSettings server)
            throws IOException, InterruptedException {
        int port = freePort();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path configuration = Files.writeString(directory.resolve(mode + ".ini"), """
                [databases]
                * = host=127.0.0.1 port=%d user=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = %s
                ignore_startup_parameters = extra_float_digits, options
                """.formatted(
                        server.port().orElseThrow(), server.user(), port, mode));
        List<String> command = new ArrayList<>(List.of(program.toString(), configuration.toString()));
        if (System.getProperty("user.name").equals("root")) { // which it refuses to run as
            command.addAll(1, List.of("-u", "nobody"));
        }
        Process pgbouncer =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            BufferedReader log = pgbouncer.inputReader(UTF_8);
            List<String> lines = new ArrayList<>();
            String line = log.readLine();
            while (line != null && !line.contains("process up")) {
                lines.add(line);
                line = log.readLine();
            }
            assertThat(line).as(lines.toString()).isNotNull();
            return pooler(server.toBuilder().host("127.0.0.1").port(port).build());
        } finally {
            pgbouncer.destroyForcibly().waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
