package dev.mooring.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.kit.MariadbServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, because the client gets that one's standard streams. */
@Timeout(300)
@DisplayName("The command dbshell")
class DbshellCommandTest {

    private static final String SECRET = "s3cret";

    /** The command line of the client, whose child this is; and what the client found in its environment. */
    private static final String SPY = "tr '\\0' ' ' < /proc/$PPID/cmdline && echo && printenv %s";

    @TempDir
    private Path directory;

    @Test
    @DisplayName("opens psql as the application connects, and keeps the password off its command line")
    void postgres() throws IOException, InterruptedException {
        Installed.program("psql", "postgresql-client");
        try (EmbeddedServer server = EmbeddedServer.start()) {
            DatabaseSettings settings = server.settings();
            String url = "postgres://%s:%s@localhost:%d/%s?search_path=%%22my%%20schema%%22,public"
                    .formatted(settings.user(), SECRET, settings.port().orElseThrow(), settings.name());

            CommandLineRun run = dbshell(
                    url,
                    "",
                    "-XAtc",
                    "SELECT current_user, current_database(), current_setting('search_path')",
                    "-c",
                    "\\! " + SPY.formatted("PGPASSWORD"));
            CommandLineRun failed = dbshell(url, "", "-Xc", "SELECT 1/0");

            assertThat(run.out())
                    .as(run.err())
                    .startsWith("mooring|mooring|\"my schema\",public\n")
                    .endsWith("\n" + SECRET + "\n");
            assertThat(run.out().lines().toList().get(1))
                    .contains("psql -XAtc ")
                    .doesNotContain(SECRET);
            assertThat(run.exitCode()).isZero();
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.err()).contains("division by zero");
        }
    }

    @Test
    @DisplayName("opens psql on the application's server, whatever else the environment names")
    void redirected() throws IOException, InterruptedException {
        Installed.program("psql", "postgresql-client");
        Path services = Files.writeString(directory.resolve("services"), "[other]\nhost=localhost\nport=1\n");
        try (EmbeddedServer server = EmbeddedServer.start()) {
            DatabaseSettings settings = server.settings();
            String url = "postgres://%s@localhost:%d/%s"
                    .formatted(settings.user(), settings.port().orElseThrow(), settings.name());

            CommandLineRun service = dbshell(
                    Map.of("PGSERVICEFILE", services.toString(), "PGSERVICE", "other"), url, "", "-XAtc", "SELECT 1");
            CommandLineRun address = dbshell(Map.of("PGHOSTADDR", "127.0.0.9"), url, "", "-XAtc", "SELECT 1");

            assertThat(service).isEqualTo(new CommandLineRun(0, "1\n", ""));
            assertThat(address).isEqualTo(new CommandLineRun(0, "1\n", ""));
        }
    }

    @Test
    @DisplayName("refuses a password that the locale's charset cannot hand on, instead of another one")
    void charset() throws IOException, InterruptedException {
        CommandLineRun run =
                dbshell(Map.of("LC_ALL", "C"), "postgres://app:s%C3%A9cret@localhost:1/shop", "", "-XAtc", "SELECT 1");

        assertThat(run.err())
                .startsWith("error: dbshell: PGPASSWORD has characters")
                .contains("LC_ALL=C.UTF-8");
        assertThat(run.err()).doesNotContain("cret");
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_USAGE);
    }

    @Test
    @DisplayName("opens sqlite3, which reads standard input")
    void sqlite() throws IOException, InterruptedException {
        Installed.program("sqlite3", "sqlite3");
        String url = "sqlite:///" + directory.resolve("-shop.db");

        CommandLineRun run = dbshell(url, "CREATE TABLE item (name text);\nINSERT INTO item VALUES ('cup');\n.quit\n");
        CommandLineRun readOnly = dbshell(url + "?read_only=true", "SELECT name FROM item;\nDELETE FROM item;\n");

        assertThat(run).isEqualTo(new CommandLineRun(0, "", ""));
        assertThat(DemoQueries.count(url, "SELECT count(*) AS n FROM item")).isEqualTo(1);
        assertThat(readOnly.out()).isEqualTo("cup\n");
        assertThat(readOnly.err()).contains("readonly");
        assertThat(readOnly.exitCode()).isEqualTo(1);
    }

    @Test
    @DisplayName("opens MariaDB's client with the password that the server wants")
    void mariadb() throws IOException, InterruptedException {
        Installed.program("mariadbd", "mariadb-server");
        try (MariadbServer server = MariadbServer.start()) {
            server.createDatabase("shop");
            String url = "mariadb://%1$s:%1$s@127.0.0.1:%2$d/shop".formatted(MariadbServer.USER, server.port());

            Files.writeString(directory.resolve(".my.cnf"), "[client]\npassword=another\n");

            CommandLineRun run = dbshell(
                    Map.of("HOME", directory.toString()),
                    url,
                    "",
                    "-N",
                    "-e",
                    "SELECT database(); \\! " + SPY.formatted("MYSQL_PWD"));

            assertThat(run.out()).as(run.err()).contains("shop\n", "\n" + MariadbServer.USER + "\n");
            assertThat(run.out().lines().filter(line -> line.startsWith("mariadb ")))
                    .singleElement()
                    .asString()
                    .contains("--user=mooring")
                    .doesNotContain("-pmooring", "password");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    @DisplayName("says which client is missing, what was looked for and what to install")
    void noClient() throws IOException, InterruptedException {
        Map<String, String> nothing = Map.of("PATH", directory.toString());
        CommandLineRun mariadb = dbshell(nothing, "mariadb://app:" + SECRET + "@localhost/shop", "");
        CommandLineRun sqlite = dbshell(nothing, "sqlite:///" + directory.resolve("shop.db"), "");

        assertThat(mariadb.exitCode()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(mariadb.err())
                .startsWith("error: dbshell: the client mariadb or mysql cannot be run")
                .contains("No such file", "install it (on Debian, mariadb-client)", "PATH")
                .doesNotContain(SECRET);
        assertThat(sqlite.err()).startsWith("error: dbshell: the client sqlite3 cannot be run");
        assertThat(CommandLineRun.of("dbshell", "--database", "sqlite:///:memory:")
                        .err())
                .startsWith("error: dbshell: database 'default' is in memory");
    }

    private static CommandLineRun dbshell(String url, String input, String... arguments)
            throws IOException, InterruptedException {
        return dbshell(Map.of(), url, input, arguments);
    }

    private static CommandLineRun dbshell(
            Map<String, String> environment, String url, String input, String... arguments)
            throws IOException, InterruptedException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        List<String> command =
                new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), "dbshell", "--"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DATABASE_URL", url);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        Process process = builder.start();
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        process.getOutputStream().write(input.getBytes(UTF_8));
        process.getOutputStream().close();
        String out = text(process.getInputStream());
        return new CommandLineRun(process.waitFor(), out, err.join());
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
