package dev.mooring.auth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.auth.User;
import dev.mooring.auth.UserModel;
import dev.mooring.auth.sessions.Session;
import dev.mooring.auth.sessions.SharedDatabase;
import dev.mooring.auth.sessions.SharedDatabase.Engine;
import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Django's settings by their own names")
class AuthSettingsTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final SharedDatabase database = SharedDatabase.create(Engine.SQLITE);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    @DisplayName("are all that is needed to log somebody in")
    void logIn() {
        HttpAuth auth = auth(Map.of());
        User alice = auth.users().createUser("alice", null, "correct horse");
        Session session = auth.sessions().create();

        assertThat(auth.authenticator().authenticate(null, "alice", "correct horse"))
                .hasValueSatisfying(user -> auth.logins().login(session, user, null));
        assertThat(auth.logins().getUser(session)).contains(alice);
        assertThat(auth.authenticator().backendNames()).containsExactly("django.contrib.auth.backends.ModelBackend");
        assertThat(auth.sessionCookie().set("key", null, NOW))
                .isEqualTo(CookieSettings.session().set("key", null, NOW));
        assertThat(auth.saveEveryRequest()).isFalse();
    }

    @Test
    @DisplayName("reach every part, in the spelling of Django or of properties")
    void reachEveryPart() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "SECRET_KEY", " spaces count ",
                "SECRET_KEY_FALLBACKS", "one, with a comma\ntwo\n",
                "SESSION_COOKIE_AGE", "2h",
                "SESSION_COOKIE_NAME", "sid",
                "SESSION_COOKIE_DOMAIN", "None",
                "SESSION_COOKIE_SECURE", "True",
                "SESSION_COOKIE_SAMESITE", "None",
                "SESSION_SAVE_EVERY_REQUEST", "yes",
                "PASSWORD_HASHERS", "django.contrib.auth.hashers.ScryptPasswordHasher, PBKDF2PasswordHasher",
                "AUTHENTICATION_BACKENDS", "django.contrib.auth.backends.AllowAllUsersModelBackend"));
        properties.putAll(Map.of(
                "DJANGO_VERSION", "3.2",
                "CSRF_COOKIE_HTTPONLY", "on",
                "CSRF_COOKIE_PATH", "/shop",
                "CSRF_COOKIE_AGE", "60",
                "TIME_ZONE", "Europe/Oslo"));
        AuthSettings settings = AuthSettings.of(properties);
        HttpAuth auth = HttpAuth.of(database.databases(), settings);

        assertThat(settings.secretKeys().all().stream().map(key -> key.reveal()))
                .containsExactly(" spaces count ", "one, with a comma", "two");
        assertThat(auth.sessionCookie().set("key", null, NOW))
                .isEqualTo("sid=key; HttpOnly; Path=/; SameSite=None; Secure");
        assertThat(auth.csrfCookie().set("key", auth.csrfAge(), NOW))
                .contains("Max-Age=60; HttpOnly; Path=/shop; SameSite=Lax");
        assertThat(auth.sessions().create().expiryAge()).isBetween(Duration.ofMinutes(119), Duration.ofHours(2));
        assertThat(auth.saveEveryRequest()).isTrue();
        assertThat(auth.authenticator().backendNames())
                .containsExactly("django.contrib.auth.backends.AllowAllUsersModelBackend");
        assertThat(settings.passwordHashers().encode("x")).startsWith("scrypt$16384$");
        assertThat(settings.passwordHashers().identify("pbkdf2_sha256$1$s$x")).contains("pbkdf2_sha256");
        assertThat(settings.passwordHashers().identify("argon2$x")).isEmpty();
        assertThat(settings).hasToString("AuthSettings" + List.copyOf(new java.util.TreeSet<>(properties.keySet())));
    }

    @Test
    @DisplayName(
            "follow the hashes that are there unless they name a version or hashers, and know other tables of users")
    void haveDefaults() {
        AuthSettings settings = AuthSettings.of(Map.of("SECRET_KEY", "x", "PASSWORD_HASHERS", " "));
        assertThat(settings.passwordHashers().isFollowing()).isTrue();
        assertThat(AuthSettings.of(Map.of("SECRET_KEY", "x", "DJANGO_VERSION", "6.0"))
                        .passwordHashers()
                        .mustUpdate("pbkdf2_sha256$1000000$" + "s".repeat(22) + "$x"))
                .isTrue();

        HttpAuth none = auth(Map.of("SECRET_KEY_FALLBACKS", " None\n", "AUTHENTICATION_BACKENDS", "None"));
        assertThat(none.authenticator().backendNames()).containsExactly("django.contrib.auth.backends.ModelBackend");
        assertThat(AuthSettings.of(Map.of("SECRET_KEY", "x", "SECRET_KEY_FALLBACKS", " None\n"))
                        .secretKeys())
                .hasToString("SecretKeys[1]");

        UserModel staff = UserModel.builder("auth_user").usernameColumn("email").build();
        HttpAuth auth = HttpAuth.of(database.databases(), settings.withUserModel(staff));
        assertThat(auth.users().findByUsername("nobody@example.com")).isEmpty();
        assertThat(settings.passwordResetTokens().check(User.anonymous(), "x")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SECRET_KEY | | Setting 'SECRET_KEY' is missing, so anybody could sign; give it the value of Django's SECRET_KEY",
                "SESSION_COOKIE_AGE | two weeks | Setting 'SESSION_COOKIE_AGE' was 'two weeks'; use seconds, or a number with its unit",
                "SESSION_COOKIE_AGE | 0 | The age of sessions (SESSION_COOKIE_AGE) must be between a second and ten years",
                "SESSION_COOKIE_SECURE | maybe | Setting 'SESSION_COOKIE_SECURE' was 'maybe'; use True or False",
                "SESSION_COOKIE_NAME | a;b | Setting 'SESSION_COOKIE_NAME' was 'a;b'; The name of a cookie must be visible ASCII",
                "CSRF_COOKIE_SAMESITE | Loose | Setting 'CSRF_COOKIE_SAMESITE' was 'Loose'; use Lax, Strict or None",
                "TIME_ZONE | Mars | Setting 'TIME_ZONE' was 'Mars'; use a name such as UTC or Europe/Athens",
                "DJANGO_VERSION | 2.2 | Setting 'DJANGO_VERSION' was '2.2'; djangoVersion is '2.2'; it must be one of 3.2",
                "PASSWORD_HASHERS | mine.Hasher | Setting 'PASSWORD_HASHERS' was 'mine.Hasher'; There is no password hasher",
                "AUTHENTICATION_BACKENDS | mine.Backend | Setting 'AUTHENTICATION_BACKENDS' was 'mine.Backend'; use Django's own",
                "SESSION_ENGINE | django.contrib.sessions.backends.cache | Setting 'SESSION_ENGINE' was",
                "SESSION_SERIALIZER | django.contrib.sessions.serializers.PickleSerializer | only Python reads",
                "CSRF_USE_SESSIONS | True | secrets in the session are not supported",
                "SECRET_KEY | None | Setting 'SECRET_KEY' is missing, so anybody could sign",
                "SECRET_KEY_FALLBACKS | [] | Setting 'SECRET_KEY_FALLBACKS' is a list as Python prints it; write one value a line",
                "SECRET_KEY_FALLBACKS | ['one', 'two'] | Setting 'SECRET_KEY_FALLBACKS' is a list as Python prints it",
                "CSRF_TRUSTED_ORIGINS | .example.com | Setting 'CSRF_TRUSTED_ORIGINS' was '.example.com'; A trusted origin was",
                "CSRF_TRUSTED_ORIGINS | https://a.example, https://b.example/ | A trusted origin was 'https://b.example/'; write it",
                "CSRF_TRUSTED_ORIGINS | ['https://a.example'] | A trusted origin was '['https://a.example']'; write it",
                "SESSION_COOKIE_NAEM | sid | There is no setting 'SESSION_COOKIE_NAEM' for auth; there are [AUTHENTICATION_BACKENDS,",
            })
    @DisplayName("are errors that name the setting and the way out if they are wrong")
    void nameWhatIsWrong(String name, String value, String message) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> auth(Map.of(name, value == null ? "" : value)))
                .withMessageContaining(message);
    }

    private HttpAuth auth(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of("SECRET_KEY", SharedDatabase.SECRET_KEY));
        values.putAll(more);
        return HttpAuth.of(database.databases(), AuthSettings.of(values));
    }
}
