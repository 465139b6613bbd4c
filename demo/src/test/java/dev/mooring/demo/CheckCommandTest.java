package dev.mooring.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.auth.Users;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.sessions.Session;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.config.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The commands for a database that a Django uses too")
class CheckCommandTest {

    @TempDir
    private Path directory;

    private String url = "";

    @BeforeEach
    void nameAFile() {
        url = "sqlite:///" + directory.resolve("shop.db");
    }

    @Test
    @DisplayName("check ends with 1 for a FAIL, and for a WARN if it is to be strict")
    void exitCodes() {
        CommandLineRun empty = CommandLineRun.of("check", "--database", migratedNothing());
        CommandLineRun.of("migrate", "--database", url);
        CommandLineRun migrated = CommandLineRun.of("check", "--database", url);
        CommandLineRun strict = CommandLineRun.of("check", "--strict", "--database", url);

        assertThat(empty.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(empty.out())
                .startsWith("OK    settings ")
                .contains("\nFAIL  tables              There is no auth_group, ");
        assertThat(migrated.exitCode()).as(migrated.out()).isZero();
        assertThat(migrated.out()).endsWith("\n0 FAIL, 2 WARN.\n");
        assertThat(strict.exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    @DisplayName("check takes the secret key of a file or the environment, and shows it to nobody")
    void secretKeys() throws IOException {
        CommandLineRun.of("migrate", "--database", url);
        saveSession(SecretKeys.of("former"), Duration.ofDays(1));
        Path file = Files.writeString(directory.resolve("key"), "hunter2\nformer\n");

        CommandLineRun right = CommandLineRun.of("check", "--database", url, "--secret-key-file", file.toString());
        CommandLineRun wrong = CommandLineRun.with("", Map.of("SECRET_KEY", "hunter2"), "check", "--database", url);

        assertThat(right.out()).contains("OK    secret key").doesNotContain("hunter2", "former\n");
        assertThat(wrong.out()).contains("FAIL  secret key").doesNotContain("hunter2");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    @DisplayName("check reads Django's settings from a file or standard input, and takes their secret key")
    void djangoSettings() throws IOException {
        CommandLineRun.of("migrate", "--database", url);
        saveSession(SecretKeys.of("theirs"), Duration.ofDays(1));
        String printed = "SECRET_KEY = 'theirs'\nSESSION_COOKIE_SECURE = True\n";
        Path file = Files.writeString(directory.resolve("settings"), printed);

        CommandLineRun piped = CommandLineRun.withInput(printed, "check", "--database", url, "--django-settings", "-");
        CommandLineRun read = CommandLineRun.of("check", "--database", url, "--django-settings", file.toString());
        CommandLineRun empty = CommandLineRun.of("check", "--database", url, "--django-settings", "-");

        assertThat(piped.out())
                .contains("WARN  Django's settings   SESSION_COOKIE_SECURE is True and not False.", "OK    secret key")
                .doesNotContain("theirs");
        assertThat(read).isEqualTo(piped);
        assertThat(empty.exitCode()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(empty.err()).contains("--django-settings", "diffsettings --all");
    }

    @Test
    @DisplayName("check makes no file that is not there")
    void onlyReads() {
        CommandLineRun run = CommandLineRun.of("check", "--database", url);

        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    @DisplayName("check counts the connections of all instances against PostgreSQL's limits")
    void connections() {
        try (EmbeddedServer server = EmbeddedServer.start()) {
            DatabaseSettings settings = server.settings();
            String postgres = "postgres://%s@localhost:%d/%s"
                    .formatted(settings.user(), settings.port().orElseThrow(), settings.name());

            assertThat(CommandLineRun.of("check", "--database", postgres, "--instances", "9")
                            .out())
                    .contains("OK    connections         9 x max_connections = 90 of the 97 ");
            assertThat(CommandLineRun.of("check", "--database", postgres, "--instances", "10")
                            .out())
                    .contains("FAIL  connections         10 x max_connections = 100 of the 97 ");
        }
    }

    @Test
    @DisplayName("changepassword takes a good password, and ends the user's sessions")
    void changesAPassword() {
        CommandLineRun.of("migrate", "--database", url);
        String before = createAnn();

        CommandLineRun changed = changePassword("ann", "battery staple\n");

        assertThat(changed)
                .isEqualTo(new CommandLineRun(
                        ExitCode.OK, "Changed the password of ann; their sessions have ended.\n", ""));
        assertThat(hash()).isNotEqualTo(before);
        assertThat(CommandLineRun.withInput(
                                "battery staple\n", "authenticate", "ann", "--database", url, "--password-stdin")
                        .exitCode())
                .isZero();
    }

    @Test
    @DisplayName("changepassword refuses a weak password and an unknown user, and changes nothing")
    void refusesAWeakPassword() {
        CommandLineRun.of("migrate", "--database", url);
        String before = createAnn();

        CommandLineRun weak = changePassword("ann", "123456\n");
        CommandLineRun unknown = changePassword("bob", "battery staple\n");

        assertThat(weak.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(weak.err())
                .contains("too short", "too common", "entirely numeric")
                .doesNotContain("123456");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(unknown.err()).isEqualTo("There is no user 'bob'.\n");
        assertThat(hash()).isEqualTo(before);
        assertThat(changePassword("ann", "123456\n", "--no-validation").exitCode())
                .isZero();
    }

    @Test
    @DisplayName("clearsessions deletes the sessions that have expired")
    void clearsSessions() {
        CommandLineRun.of("migrate", "--database", url);
        saveSession(SecretKeys.of("key"), Duration.ofDays(1));
        saveSession(SecretKeys.of("key"), Duration.ofSeconds(-1));

        assertThat(CommandLineRun.of("clearsessions", "--database", url).out())
                .isEqualTo("Deleted 1 expired session.\n");
        assertThat(CommandLineRun.of("clearsessions", "--database", url).out())
                .isEqualTo("Deleted 0 expired sessions.\n");
        assertThat(DemoQueries.count(url, "SELECT count(*) AS n FROM django_session"))
                .isEqualTo(1);
    }

    private CommandLineRun changePassword(String name, String input, String... more) {
        String[] command = {"changepassword", name, "--database", url, "--password-stdin"};
        return CommandLineRun.withInput(
                input, Stream.of(command, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    /** {@return her hash, which costs little, and so do those that follow it} */
    private String createAnn() {
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl(url))) {
            Users users = Users.of(databases, "default", PasswordHashers.of(DjangoHashers.pbkdf2Sha256(1000)));
            users.createUser("ann", null, "correct horse");
        }
        return hash();
    }

    private String hash() {
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl(url))) {
            return databases.query("SELECT password FROM auth_user").get(0).getString("password");
        }
    }

    private void saveSession(SecretKeys keys, Duration age) {
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl(url))) {
            Session session = SessionStore.of(databases, keys).create();
            session.put("basket", "empty");
            session.expireAfter(age);
            session.save();
        }
    }

    private String migratedNothing() {
        CommandLineRun.of("showmigrations", "--database", url);
        return url;
    }
}
