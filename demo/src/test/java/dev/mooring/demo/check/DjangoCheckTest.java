package dev.mooring.demo.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Logins;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.sessions.Session;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.auth.signing.TimestampSigner;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.demo.check.Finding.Level;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The command check finds on SQLite")
class DjangoCheckTest {

    private static final SecretKeys KEY = SecretKeys.of("the key of both");
    private static final SecretKeys OTHER = SecretKeys.of("another key");
    private static final String SALT = "django.contrib.sessions.SessionStore";

    @TempDir
    private Path directory;

    private Databases databases;
    private Users users;

    @BeforeEach
    void migrate() {
        databases = Databases.of(DatabaseSettings.fromUrl("sqlite:///" + directory.resolve("site.db")));
        new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());
        users = Users.of(databases, "default", PasswordHashers.of(DjangoHashers.pbkdf2Sha256(260_000)));
        users.createUser("ann", null, "correct horse");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    @DisplayName("nothing wrong where all matches")
    void allIsWell() throws IOException {
        logIn(KEY);

        List<Finding> findings = check(Optional.of(KEY), Optional.of(python("echo 3.51.3")));

        assertThat(findings).extracting(Finding::level).containsOnly(Level.OK);
        assertThat(findings)
                .extracting(Finding::toString)
                .contains(
                        "OK    tables              All 9 tables of Django's own apps are as expected.",
                        "OK    secret key          Newest sessions that were signed with it: 1 of 1.",
                        "OK    passwords           The newest users have pbkdf2_sha256 with 260000 iterations"
                                + " (as strong as Django 3.2's): 1.");
    }

    @Test
    @DisplayName("a secret key that is not Django's")
    void anotherSecretKey() {
        logIn(KEY);

        assertThat(wrong(check(OTHER), "secret key"))
                .startsWith("FAIL")
                .contains("0 of 1")
                .doesNotContain("another key");
        logIn(OTHER);
        assertThat(wrong(check(OTHER), "secret key")).startsWith("WARN").contains("1 of 2");
        assertThat(check(SecretKeys.of("another key", "the key of both")))
                .extracting(Finding::subject, Finding::level)
                .contains(tuple("secret key", Level.OK));
        assertThat(wrong(check(Optional.empty(), Optional.empty()), "secret key"))
                .contains("None was given");
    }

    @Test
    @DisplayName("sessions of PickleSerializer")
    void pickles() {
        String session = logIn(KEY);
        String pickle = TimestampSigner.of(KEY, SALT).sign("gASVEgAAAAAAAAB9lIwBYZRLAXMu");
        databases.execute("UPDATE django_session SET session_data = %s WHERE session_key = %s", pickle, session);

        assertThat(wrong(check(KEY), "session serializer"))
                .startsWith("FAIL")
                .contains("PickleSerializer", "JSONSerializer");
    }

    @Test
    @DisplayName("logins that left no session in the table")
    void anotherSessionEngine() {
        logIn(KEY);
        databases.execute("DELETE FROM django_session");

        assertThat(wrong(check(KEY), "session engine")).startsWith("WARN").contains("SESSION_ENGINE");
        assertThat(wrong(check(KEY), "secret key")).startsWith("WARN").contains("no session to try it on");
    }

    @ParameterizedTest
    @CsvSource({"PT1H, 60 minutes too late", "PT-5H, 300 minutes too early", "PT5H45M, 345 minutes too late"})
    @DisplayName("times of another zone, by when a session ends")
    void anotherZone(Duration offset, String seen) {
        String session = logIn(KEY);
        Instant ends =
                databases.query("SELECT expire_date FROM django_session").get(0).getInstant("expire_date");
        databases.execute(
                "UPDATE django_session SET expire_date = %s WHERE session_key = %s", ends.plus(offset), session);

        assertThat(wrong(check(KEY), "time zone")).startsWith("FAIL").contains(seen, "USE_TZ");
    }

    @Test
    @DisplayName("times of another zone, by a login that is still to come")
    void aLoginInTheFuture() {
        databases.execute("UPDATE auth_user SET last_login = %s", Instant.now().plusSeconds(3600));

        assertThat(wrong(check(KEY), "time zone")).startsWith("FAIL").contains("still to come");
    }

    @Test
    @DisplayName("hashes that nothing verifies, and such as are no protection")
    void hashes() {
        databases.execute("UPDATE auth_user SET password = %s", "argon9$secret$salt");
        users.createUser("bob", null, null);
        User carl = users.createUser("carl", null, null);
        databases.execute(
                "UPDATE auth_user SET password = %s WHERE id = %s",
                "md5$seasalt$b614725f4cc025a51ab6a354d12890ab", carl.id());

        List<String> lines = check(KEY).stream()
                .filter(finding -> finding.subject().equals("passwords"))
                .map(Finding::toString)
                .toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("FAIL").contains("argon9: 1").doesNotContain("secret", "salt");
        assertThat(lines.get(1)).startsWith("WARN").contains("md5: 1");
        assertThat(lines.get(2)).startsWith("OK").contains("unusable ones: 1");
    }

    @Test
    @DisplayName("tables, columns and constraints that are missing or differ")
    void tables() {
        databases.execute("DROP TABLE django_session");
        databases.execute("DROP INDEX \"django_content_type_app_label_model_76bd3d3b_uniq\"");
        databases.execute("ALTER TABLE auth_user DROP COLUMN first_name");
        databases.execute("DROP TABLE auth_user_groups");
        databases.execute(
                "CREATE TABLE auth_user_groups (id integer NOT NULL PRIMARY KEY, user_id integer, group_id integer NOT NULL,"
                        + " UNIQUE (user_id, group_id))");
        databases.execute("ALTER TABLE auth_permission DROP COLUMN name");
        databases.execute("ALTER TABLE auth_permission ADD COLUMN name varchar(50) NOT NULL DEFAULT ''");

        assertThat(check(KEY).stream()
                        .filter(finding -> finding.subject().equals("tables"))
                        .map(finding -> finding.level() + " " + finding.seen()))
                .containsExactlyInAnyOrder(
                        "FAIL There is no django_session",
                        "FAIL There is no column auth_user.first_name",
                        "WARN auth_permission.name is varchar(50) instead of varchar(255)",
                        "WARN auth_user_groups.user_id allows NULL",
                        "FAIL django_content_type has no unique constraint on app_label, model");
    }

    @Test
    @DisplayName("a file without WAL, and rows without what they refer to")
    void theFile() throws IOException {
        databases.execute("PRAGMA journal_mode = DELETE");
        databases
                .using("default")
                .maintenance()
                .constraintChecksDisabled(
                        () -> databases.execute("INSERT INTO auth_user_groups (user_id, group_id) VALUES (1, 77)"));

        List<Finding> findings = check(Optional.of(KEY), Optional.of(python("echo 3.40.1")));

        assertThat(wrong(findings, "journal mode")).startsWith("WARN").contains("delete");
        assertThat(wrong(findings, "foreign keys")).startsWith("FAIL").contains("auth_user_groups");
        assertThat(findings)
                .extracting(Finding::toString)
                .anyMatch(line -> line.startsWith("OK    SQLite library      3.40.1"));
    }

    @Test
    @DisplayName("a neighbour's library that can corrupt the file")
    void theWalResetBug() throws IOException {
        assertThat(wrong(check(Optional.of(KEY), Optional.of(python("echo 3.40.1"))), "SQLite library"))
                .startsWith("WARN")
                .contains("3.40.1 on Django's side", "3.51.3");
        assertThat(wrong(check(KEY), "SQLite library")).startsWith("WARN").contains("--django-python");
    }

    @Test
    @DisplayName("what cannot be looked at, beside all that can")
    void unreadable() {
        databases.execute("CREATE TABLE part (id integer PRIMARY KEY, maker text REFERENCES auth_user (email))");
        databases.execute("ALTER TABLE auth_user DROP COLUMN last_login");

        List<Finding> findings = check(KEY);

        assertThat(wrong(findings, "tables")).startsWith("FAIL").contains("There is no column auth_user.last_login");
        assertThat(wrong(findings, "sessions")).startsWith("FAIL").contains("Could not be looked at", "last_login");
        assertThat(wrong(findings, "foreign keys")).startsWith("FAIL").contains("mismatch", "unique");
        assertThat(findings).extracting(Finding::subject).contains("passwords", "journal mode");
    }

    /** {@return the session's key} */
    private String logIn(SecretKeys keys) {
        SessionStore sessions = SessionStore.of(databases, keys);
        Session session = sessions.create();
        User ann = users.findByUsername("ann").orElseThrow();
        User loggedIn = Logins.of(Authenticator.of(users), users, keys).login(session, ann, null);
        assertThat(loggedIn).isEqualTo(ann);
        session.save();
        return session.key().orElseThrow();
    }

    private List<Finding> check(SecretKeys keys) {
        return check(Optional.of(keys), Optional.empty());
    }

    private List<Finding> check(Optional<SecretKeys> keys, Optional<Path> python) {
        return new DjangoCheck(keys, Optional.empty(), 1, python, Clock.systemUTC()).run(databases);
    }

    /** {@return the line about the subject that is not all right} */
    private static String wrong(List<Finding> findings, String subject) {
        List<String> lines = findings.stream()
                .filter(finding -> finding.subject().equals(subject) && finding.level() != Level.OK)
                .map(Finding::toString)
                .toList();
        assertThat(lines).as(findings.toString()).hasSize(1);
        return lines.get(0);
    }

    private Path python(String command) throws IOException {
        Path script = directory.resolve("python");
        Files.writeString(script, "#!/bin/sh\n" + command + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
