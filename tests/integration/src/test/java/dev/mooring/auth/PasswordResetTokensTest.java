package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.sessions.SharedDatabase;
import dev.mooring.auth.sessions.SharedDatabase.Engine;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.django.DjangoShell;
import dev.mooring.django.RealDjango;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Tokens for resetting a password are made and checked as Django does")
class PasswordResetTokensTest {

    private static final SecretKeys KEYS = SecretKeys.of("test-secret-key");
    private static final String PASSWORD = "md5$seasalt$f5531bef9f3687d0ccf0f617f0e25573";
    private static final String TOKEN = "c05n6t-c0f6a00e1b13b6429475f9b2ab545a92";
    private static final String TOKEN_AFTER_LOGIN = "c05n6t-06fe4234a9043385039920df38165ed1";
    private static final Instant MADE = Instant.parse("2024-01-02T03:04:05Z");

    private SharedDatabase database;

    private User user(Engine engine) {
        database = SharedDatabase.create(engine);
        database.databases()
                .execute(
                        "INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email,"
                                + " is_staff, is_active, date_joined) VALUES (1, %s, %s, 'alice', '', '', %s, %s, %s, %s)",
                        PASSWORD, false, "alice@example.com", false, true, MADE);
        return read();
    }

    private User read() {
        return Users.of(database.databases()).findByUsername("alice").orElseThrow();
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    private static PasswordResetTokens at(Instant now, String... fallbacks) {
        return PasswordResetTokens.of(
                fallbacks.length == 0 ? KEYS : SecretKeys.of("new", fallbacks),
                PasswordResetTokens.DEFAULT_TIMEOUT,
                ZoneOffset.UTC,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @EnumSource
    void areDjangosToTheLetter(Engine engine) {
        User user = user(engine);
        assertThat(at(MADE).make(user)).isEqualTo(TOKEN);
        assertThat(PasswordResetTokens.of(
                                KEYS,
                                PasswordResetTokens.DEFAULT_TIMEOUT,
                                ZoneId.of("America/Chicago"),
                                Clock.fixed(MADE.plus(Duration.ofHours(6)), ZoneOffset.UTC))
                        .make(user))
                .isEqualTo(TOKEN);

        database.databases()
                .execute("UPDATE auth_user SET last_login = %s", Instant.parse("2024-01-01T10:00:00.123456Z"));
        assertThat(at(MADE).make(read())).isEqualTo(TOKEN_AFTER_LOGIN);
    }

    @ParameterizedTest
    @EnumSource
    void lastThreeDays(Engine engine) {
        User user = user(engine);
        assertThat(at(MADE).check(user, TOKEN)).isTrue();
        assertThat(at(MADE.plus(Duration.ofDays(3))).check(user, TOKEN)).isTrue();
        assertThat(at(MADE.plus(Duration.ofDays(3)).plusSeconds(1)).check(user, TOKEN))
                .isFalse();
        assertThat(at(MADE, "test-secret-key").check(user, TOKEN)).isTrue();
        assertThat(at(MADE, "other").check(user, TOKEN)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void areWorthNothingOnceTheUserChanged(Engine engine) {
        user(engine);
        database.databases().execute("UPDATE auth_user SET email = %s", "alice@example.org");
        assertThat(at(MADE).check(read(), TOKEN)).isFalse();
        user(engine);
        database.databases().execute("UPDATE auth_user SET password = %s", "!");
        assertThat(at(MADE).check(read(), TOKEN)).isFalse();
        user(engine);
        database.databases().execute("UPDATE auth_user SET last_login = %s", MADE);
        assertThat(at(MADE).check(read(), TOKEN)).isFalse();
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "",
                "-",
                "--",
                "c05n6t",
                "c05n6t-",
                "-c0f6a00e1b13b6429475f9b2ab545a92",
                "c05n6t-c0f6a00e1b13b6429475f9b2ab545a9",
                "C05N6T-c0f6a00e1b13b6429475f9b2ab545a92",
                "+c05n6t-c0f6a00e1b13b6429475f9b2ab545a92",
                "c05n6t-c0f6a00e1b13b6429475f9b2ab545a92-",
                "c05n6s-c0f6a00e1b13b6429475f9b2ab545a92",
                "c05n6t-c0f6a00e1b13b6429475f9b2ab545a93",
                "zzzzzzzzzzz-0",
                "zzzzzzzzzzzzzzzz-0",
                "\0-\ud800",
                "١-٢"
            })
    void refuseForgeries(String token) {
        User user = user(Engine.SQLITE);
        assertThat(at(MADE).check(user, token)).isFalse();
        assertThat(at(MADE).check(user, "x".repeat(1 << 20))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("The real Django accepts ours, and its own are accepted here")
    void areSharedWithDjango(Engine engine, TestInfo test) {
        user(engine);
        DjangoShell django = database.shell(RealDjango.require(test));
        PasswordResetTokens tokens = PasswordResetTokens.of(
                SecretKeys.of(SharedDatabase.SECRET_KEY),
                Duration.ofHours(1),
                ZoneId.of(django.run("from django.conf import settings\nprint(settings.TIME_ZONE)")),
                Clock.systemUTC());
        django.run("""
            from django.contrib.auth.models import User
            from django.contrib.auth.tokens import default_token_generator as tokens
            """);
        for (String last : new String[] {"None", "timezone.now()"}) {
            django.run("from django.utils import timezone\nUser.objects.update(last_login=" + last + ")");
            User user = read();

            assertThat(tokens.check(user, django.run("print(tokens.make_token(User.objects.get()))")))
                    .isTrue();
            assertThat(django.run("print(tokens.check_token(User.objects.get(), '" + tokens.make(user) + "'))"))
                    .isEqualTo("True");
            assertThat(django.run("print(tokens.check_token(User.objects.get(), '" + TOKEN + "'))"))
                    .isEqualTo("False");
        }
    }
}
