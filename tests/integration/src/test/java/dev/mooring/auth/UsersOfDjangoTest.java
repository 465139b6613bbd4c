package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.AuthDatabase.Engine;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.django.RealDjango;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real Django and this library on one database: each authenticates the other's users. */
class UsersOfDjangoTest {

    private static final String PASSWORD = "pässword😀";

    private RealDjango django;
    private AuthDatabase database;

    @BeforeEach
    void findDjango(TestInfo test) {
        django = RealDjango.require(test);
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void areAuthenticatedHere(Engine engine) {
        database = AuthDatabase.create(engine);
        migrateWithDjango();
        String joined = python("""
            from django.contrib.auth.models import User
            user = User.objects.create_superuser(%s, 'Admin@Example.COM', %s)
            print(user.date_joined.isoformat(timespec='microseconds'))
            """.formatted(Python.literal("ädmin"), Python.literal(PASSWORD)));

        Authenticator authenticator = Authenticator.of(users());
        User user = authenticator.authenticate(null, "ädmin", PASSWORD).orElseThrow();

        assertThat(user.isSuperuser()).isTrue();
        assertThat(user.isStaff()).isTrue();
        assertThat(user.email()).isEqualTo("Admin@example.com");
        assertThat(user.lastLogin()).isEmpty();
        assertThat(joined(user)).isEqualTo(joined);
        assertThat(authenticator.authenticate(null, "ädmin", "wrong")).isEmpty();
        assertThat(database.statements()).containsExactly("SELECT", "SELECT");
    }

    @ParameterizedTest
    @EnumSource
    void madeHereInDjangosTablesAreAuthenticatedThere(Engine engine) {
        database = AuthDatabase.create(engine);
        migrateWithDjango();

        assertThatDjangoAuthenticatesOurs();
    }

    @ParameterizedTest
    @EnumSource
    void madeHereInOurTablesAreAuthenticatedThere(Engine engine) {
        database = AuthDatabase.create(engine);
        new MigrationExecutor(database.databases(), "default", AuthMigrations.all()).migrate(MigrationListener.none());

        assertThatDjangoAuthenticatesOurs();
    }

    private void assertThatDjangoAuthenticatesOurs() {
        User user = users().createSuperuser("ﬀ ädmin", "Admin@Example.COM", PASSWORD);

        assertThat(authenticateWithDjango("ff ädmin", PASSWORD))
                .isEqualTo("%s Admin@example.com True True True None %s".formatted(user.id(), joined(user)));
        assertThat(authenticateWithDjango("ff ädmin", "wrong")).isEqualTo("None");
    }

    private void migrateWithDjango() {
        RealDjango.Outcome outcome = django.manage(database.settings(), "migrate", "-v0");
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }

    private String authenticateWithDjango(String username, String password) {
        return python("""
            from django.contrib.auth import authenticate
            u = authenticate(username=%s, password=%s)
            if u is None:
                print(None)
            else:
                print(u.id, u.email, u.is_active, u.is_staff, u.is_superuser, u.last_login,
                      u.date_joined.isoformat(timespec='microseconds'))
            """.formatted(Python.literal(username), Python.literal(password)));
    }

    private String python(String lines) {
        RealDjango.Outcome outcome = django.script(database.settings(), lines);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output().strip();
    }

    /** As Python's {@code isoformat} has it. */
    private static String joined(User user) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx")
                .format(user.dateJoined().orElseThrow().atOffset(ZoneOffset.UTC));
    }

    private Users users() {
        return Users.of(database.databases(), "default", PasswordHashers.forDjango("3.2"));
    }
}
