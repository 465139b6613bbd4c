package dev.mooring.auth.http;

import static java.util.Objects.requireNonNull;

import dev.mooring.Databases;
import dev.mooring.auth.AllowAllUsersModelBackend;
import dev.mooring.auth.AuthenticationBackend;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.ModelBackend;
import dev.mooring.auth.PasswordResetTokens;
import dev.mooring.auth.RemoteUserBackend;
import dev.mooring.auth.UserModel;
import dev.mooring.auth.Users;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Django's settings for auth by their own names, from which {@link HttpAuth} and what it consists of are made.
 *
 * <pre>{@code
 * AuthSettings settings = AuthSettings.of(Map.of("SECRET_KEY", secretKey, "SESSION_COOKIE_SECURE", "True"));
 * HttpAuth auth = HttpAuth.of(databases, settings);
 * Optional<User> user = auth.authenticator().authenticate(request, "alice", "correct horse");
 * }</pre>
 *
 * <p>Values are written as Django prints them or as properties are: {@code True} or {@code true}, a duration in seconds or as
 * {@code 14d}, lists separated by commas, {@code SECRET_KEY_FALLBACKS} one a line. What is missing, empty or {@code None} has
 * Django's default. {@code DJANGO_VERSION} is the only name that Django does not have: see {@link PasswordHashers#forDjango}.
 *
 * <p>Immutable. {@link #toString()} shows no value.
 */
public final class AuthSettings {

    private static final String SECRET_KEY = "SECRET_KEY";
    private static final String UNLESS_SET = "5.2";
    private static final String BACKENDS = "AUTHENTICATION_BACKENDS";
    private static final String MODULE = "django.contrib.auth.backends.";

    private static final Map<String, Function<Users, AuthenticationBackend>> KNOWN_BACKENDS = Map.of(
            MODULE + "ModelBackend", ModelBackend::new,
            MODULE + "AllowAllUsersModelBackend", AllowAllUsersModelBackend::new,
            MODULE + "RemoteUserBackend", RemoteUserBackend::new,
            MODULE + "AllowAllUsersRemoteUserBackend", users -> new RemoteUserBackend(users).allowingAllUsers());

    private static final Set<String> NAMES = Set.of(
            SECRET_KEY,
            "SECRET_KEY_FALLBACKS",
            "DJANGO_VERSION",
            "PASSWORD_HASHERS",
            BACKENDS,
            "PASSWORD_RESET_TIMEOUT",
            "TIME_ZONE",
            "SESSION_ENGINE",
            "SESSION_SERIALIZER",
            "SESSION_COOKIE_AGE",
            "SESSION_COOKIE_NAME",
            "SESSION_COOKIE_DOMAIN",
            "SESSION_COOKIE_PATH",
            "SESSION_COOKIE_SECURE",
            "SESSION_COOKIE_HTTPONLY",
            "SESSION_COOKIE_SAMESITE",
            "SESSION_EXPIRE_AT_BROWSER_CLOSE",
            "SESSION_SAVE_EVERY_REQUEST",
            "CSRF_USE_SESSIONS",
            "CSRF_COOKIE_AGE",
            "CSRF_COOKIE_NAME",
            "CSRF_COOKIE_DOMAIN",
            "CSRF_COOKIE_PATH",
            "CSRF_COOKIE_SECURE",
            "CSRF_COOKIE_HTTPONLY",
            "CSRF_COOKIE_SAMESITE",
            "CSRF_HEADER_NAME",
            "CSRF_TRUSTED_ORIGINS");

    private final SettingValues values;
    private final UserModel userModel;

    private AuthSettings(SettingValues values, UserModel userModel) {
        this.values = values;
        this.userModel = userModel;
    }

    /**
     * {@return the settings in {@code values}}
     *
     * @throws ImproperlyConfiguredException if there is no {@code SECRET_KEY}, if a name is unknown, or if Django is set to keep
     *     sessions or CSRF secrets where they cannot be shared. A malformed value is an error where it is first needed: when
     *     {@link HttpAuth} is made
     */
    public static AuthSettings of(Map<String, String> values) {
        SettingValues read = new SettingValues(values, NAMES);
        if (read.exactly(SECRET_KEY).isEmpty()) {
            throw new ImproperlyConfiguredException(
                    "Setting 'SECRET_KEY' is missing, so anybody could sign; give it the value of Django's SECRET_KEY");
        }
        read.require(
                "SESSION_ENGINE",
                "django.contrib.sessions.backends.db",
                "sessions can be shared through the database alone: use django.contrib.sessions.backends.db");
        read.require(
                "SESSION_SERIALIZER",
                "django.contrib.sessions.serializers.JSONSerializer",
                "only Python reads what another serializer writes: use"
                        + " django.contrib.sessions.serializers.JSONSerializer");
        read.require("CSRF_USE_SESSIONS", "False", "secrets in the session are not supported: use False");
        return new AuthSettings(read, UserModel.django());
    }

    /** As {@link #of(Map)}. */
    public static AuthSettings of(Properties properties) {
        return of(properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), properties::getProperty)));
    }

    /** {@return the same with another table of users, which Django names in {@code AUTH_USER_MODEL}} */
    public AuthSettings withUserModel(UserModel model) {
        return new AuthSettings(values, requireNonNull(model, "model"));
    }

    /** {@return {@code SECRET_KEY} and {@code SECRET_KEY_FALLBACKS}} */
    public SecretKeys secretKeys() {
        return SecretKeys.of(
                values.exactly(SECRET_KEY),
                values.secrets("SECRET_KEY_FALLBACKS").toArray(String[]::new));
    }

    /**
     * {@return the hashers of {@code PASSWORD_HASHERS}, with the parameters of {@code DJANGO_VERSION} or else of Django 5.2; if
     * that is missing those of {@code DJANGO_VERSION}; {@link PasswordHashers#defaults()} if both are}
     */
    public PasswordHashers passwordHashers() {
        List<String> names = values.list("PASSWORD_HASHERS");
        Optional<PasswordHashers> ofVersion = values.read("DJANGO_VERSION", PasswordHashers::forDjango);
        String version = values.text("DJANGO_VERSION").orElse(UNLESS_SET);
        return values.read("PASSWORD_HASHERS", text -> PasswordHashers.forDjango(version, names))
                .or(() -> ofVersion)
                .orElseGet(PasswordHashers::defaults);
    }

    /** {@return the users in the default database} */
    public Users users(Databases databases) {
        return Users.of(databases, DatabaseSettings.DEFAULT_ALIAS, passwordHashers(), userModel);
    }

    /** {@return an authenticator with {@code AUTHENTICATION_BACKENDS}: Django's own, or {@link ModelBackend} alone} */
    public Authenticator authenticator(Users users) {
        List<String> names =
                values.text(BACKENDS).isPresent() ? values.list(BACKENDS) : List.of(MODULE + "ModelBackend");
        Authenticator.Builder builder = Authenticator.builder();
        for (String name : names) {
            Function<Users, AuthenticationBackend> backend = KNOWN_BACKENDS.get(name);
            if (backend == null) {
                throw SettingValues.wrong(
                        BACKENDS,
                        name,
                        "use Django's own backends, or make an Authenticator with yours and give it to Logins and"
                                + " HttpAuth.builder",
                        null);
            }
            builder.backend(backend.apply(users));
        }
        return builder.build();
    }

    /** {@return the sessions, with {@code SESSION_COOKIE_AGE}, {@code SESSION_EXPIRE_AT_BROWSER_CLOSE} and {@code TIME_ZONE}} */
    public SessionStore sessions(Databases databases) {
        return SessionStore.builder(databases, secretKeys())
                .age(values.duration("SESSION_COOKIE_AGE", SessionStore.DEFAULT_AGE))
                .expireAtBrowserClose(values.yes("SESSION_EXPIRE_AT_BROWSER_CLOSE", false))
                .zone(zone())
                .build();
    }

    /** {@return tokens for resetting passwords, with {@code PASSWORD_RESET_TIMEOUT} and {@code TIME_ZONE}} */
    public PasswordResetTokens passwordResetTokens() {
        return PasswordResetTokens.of(
                secretKeys(),
                values.duration("PASSWORD_RESET_TIMEOUT", PasswordResetTokens.DEFAULT_TIMEOUT),
                zone(),
                Clock.systemUTC());
    }

    private ZoneId zone() {
        return values.zone("TIME_ZONE", ZoneOffset.UTC);
    }

    /** Sets what is left: cookies and CSRF. */
    void applyTo(HttpAuth.Builder builder) {
        builder.sessionCookie(CookieSettings.session().with(values, "SESSION_COOKIE_"))
                .csrfCookie(CookieSettings.csrf().with(values, "CSRF_COOKIE_"))
                .saveEveryRequest(values.yes("SESSION_SAVE_EVERY_REQUEST", false))
                .csrfAge(values.duration("CSRF_COOKIE_AGE", HttpAuth.CSRF_AGE));
        String[] origins = values.list("CSRF_TRUSTED_ORIGINS").toArray(String[]::new);
        values.read("CSRF_TRUSTED_ORIGINS", text -> builder.csrfTrustedOrigins(origins));
        values.text("CSRF_HEADER_NAME")
                .map(name -> name.replaceFirst("^HTTP_", "").replace('_', '-'))
                .ifPresent(builder::csrfHeader);
    }

    /** {@return the names of what is set} */
    @Override
    public String toString() {
        return "AuthSettings" + values;
    }
}
