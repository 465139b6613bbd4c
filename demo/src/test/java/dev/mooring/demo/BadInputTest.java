package dev.mooring.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each ends with 2 and one message that names the setting, without a stack trace. */
class BadInputTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            migrate --database oracle://db.example/shop           | sqlite3
            migrate --database shop.db                            | --database
            migrate --database sqlite:///shop.db?conn_max_age=-5  | conn_max_age
            migrate --database postgres://db.example:99999/shop   | port
            migrate --database sqlite:///shop.db?max_connections=0| max_connections
            scenario --max-age -5                                 | --max-age
            scenario --max-age soon                               | --max-age
            scenario --max-connections 0                          | maxConnections
            scenario --max-connections many                       | --max-connections
            scenario --requests 0                                 | --requests
            scenario --concurrency 0                              | --concurrency
            scenario --threads green                              | --threads
            scenario --lease-scope week                           | --lease-scope
            scenario --hasher rot13                               | --hasher
            runserver --port 70000                                | --port
            createsuperuser --password-stdin                      | --username
            """)
    void namesTheSetting(String commandLine, String setting) {
        assertRefused(CommandLineRun.of(commandLine.split(" ")), setting);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            migrate shop                | No app 'shop' has migrations, only auth, contenttypes, sessions
            migrate shop zero           | No app 'shop'
            migrate auth 0099           | '0099'
            migrate auth 000            | More than one migration of the app 'auth' begins with '000'
            showmigrations shop         | No app 'shop'
            sqlmigrate auth             | NAME
            sqlmigrate auth initial     | 'initial'
            """)
    void namesTheAppOrTheMigration(String commandLine, String complaint) {
        String database = " --database sqlite:///" + directory.resolve("shop.db");

        assertRefused(CommandLineRun.of((commandLine + database).split(" ")), complaint);
    }

    @Test
    void listsTheEnginesThatItFound() {
        CommandLineRun run = CommandLineRun.of("migrate", "--database", "oracle://db.example/shop");

        assertRefused(run, "oracle");
        assertThat(run.err()).contains("sqlite3", "postgresql");
    }

    @Test
    void namesADirectoryThatDoesNotExist() {
        Path file = directory.resolve("missing").resolve("shop.db");

        assertRefused(CommandLineRun.of("migrate", "--database", "sqlite:///" + file), "missing");
    }

    @Test
    void namesAFileThatIsNoDatabase() throws IOException {
        Path file = Files.writeString(directory.resolve("letter.txt"), "Dear database, ".repeat(200));

        assertRefused(CommandLineRun.of("migrate", "--database", "sqlite:///" + file), "letter.txt");
        assertRefused(CommandLineRun.of("scenario", "--database", "sqlite:///" + file), "letter.txt");
    }

    @Test
    void namesTheServerThatNobodyListensOn() {
        String url = "postgres://app:hunter2@localhost:1/shop";

        CommandLineRun run = CommandLineRun.of("migrate", "--database", url);

        assertRefused(run, "localhost");
        assertThat(run.err()).doesNotContain("hunter2");
    }

    @Test
    void namesTheVariableThatHoldsABadUrl() {
        assertRefused(CommandLineRun.with("", Map.of("DATABASE_URL", "shop"), "migrate"), "DATABASE_URL");
    }

    @Test
    void wantsAPasswordThatIsNotEmpty() {
        String url = "sqlite:///" + directory.resolve("shop.db");
        CommandLineRun.of("migrate", "--database", url);

        String[] create = {"createsuperuser", "--database", url, "--username", "ann", "--password-stdin"};

        assertRefused(CommandLineRun.withInput("\n", create), "password");
        assertRefused(CommandLineRun.withInput("", create), "--password-stdin");
    }

    private static void assertRefused(CommandLineRun run, String setting) {
        assertThat(run.err()).startsWith("error: ").contains(setting).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_USAGE);
    }
}
