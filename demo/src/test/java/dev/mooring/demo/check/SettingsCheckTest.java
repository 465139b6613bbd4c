package dev.mooring.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.config.DatabaseSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Django's settings, as diffsettings prints them")
class SettingsCheckTest {

    private static final List<String> DEFAULTS = List.of(
            "### AUTHENTICATION_BACKENDS = ['django.contrib.auth.backends.ModelBackend']",
            "### AUTH_USER_MODEL = 'auth.User'",
            "BASE_DIR = PosixPath('/srv/shop')  ###",
            "### CSRF_COOKIE_NAME = 'csrftoken'",
            "### CSRF_USE_SESSIONS = False",
            "SECRET_KEY = 'it\\'s \\\\ secret'",
            "### SESSION_COOKIE_AGE = 1209600",
            "### SESSION_ENGINE = 'django.contrib.sessions.backends.db'",
            "TIME_ZONE = 'Europe/Berlin'",
            "USE_TZ = True");

    @TempDir
    private Path directory;

    @Test
    @DisplayName("match if they are the defaults, whatever the time zone is")
    void defaults() {
        assertThat(check(DEFAULTS, "", Optional.empty()))
                .containsExactly("OK    Django's settings   Those that must match are what the service has by itself.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            SESSION_ENGINE = 'django.contrib.sessions.backends.cached_db'              | FAIL | logouts are not shared
            SESSION_SERIALIZER = 'django.contrib.sessions.serializers.PickleSerializer'| FAIL | JSON only
            CSRF_USE_SESSIONS = True                                                   | FAIL | in its cookie
            AUTH_USER_MODEL = 'accounts.User'                                          | WARN | UserModel
            AUTHENTICATION_BACKENDS = ['a.B', 'django.contrib.auth.backends.ModelBackend'] | WARN | each of these names
            SESSION_COOKIE_SECURE = True                                               | WARN | CookieSettings.session()
            CSRF_COOKIE_DOMAIN = '.example.com'                                        | WARN | CookieSettings.csrf()
            USE_TZ = False                                                             | FAIL | Set time_zone to Europe/Berlin
            """)
    @DisplayName("are named if they do not match, with the way out")
    void others(String line, String level, String wayOut) {
        List<String> lines = new ArrayList<>(DEFAULTS);
        lines.add(line);

        List<String> findings = check(lines, "", Optional.empty());

        assertThat(findings).singleElement().asString().startsWith(level).contains(line.split(" ", 2)[0], wayOut);
    }

    @Test
    @DisplayName("may be of another zone if the service has that one too")
    void theSameZone() {
        List<String> lines = List.of("TIME_ZONE = 'Europe/Berlin'", "USE_TZ = False");

        assertThat(check(lines, "?time_zone=Europe/Berlin", Optional.empty()))
                .singleElement()
                .asString()
                .startsWith("OK");
        assertThat(check(lines, "?time_zone=Europe/London", Optional.empty()))
                .singleElement()
                .asString()
                .startsWith("FAIL");
    }

    @Test
    @DisplayName("have the secret key, which is shown to nobody")
    void theSecretKey() {
        SecretKeys keys = DjangoSettings.parse(DEFAULTS).secretKeys().orElseThrow();
        List<String> rotated = List.of("SECRET_KEY = \"new\"", "SECRET_KEY_FALLBACKS = ['old', 'older']");

        assertThat(keys.primary().reveal()).isEqualTo("it's \\ secret");
        assertThat(DjangoSettings.parse(rotated).secretKeys().orElseThrow().all())
                .hasSize(3);
        assertThat(check(DEFAULTS, "", Optional.of(keys)))
                .singleElement()
                .asString()
                .startsWith("OK");
        assertThat(check(DEFAULTS, "", Optional.of(SecretKeys.of("hunter2"))))
                .singleElement()
                .asString()
                .startsWith("FAIL")
                .contains("SECRET_KEY")
                .doesNotContain("hunter2", "it's");
    }

    private List<String> check(List<String> lines, String zone, Optional<SecretKeys> keys) {
        String url = "sqlite:///" + directory.resolve("site.db") + zone;
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl(url))) {
            return new SettingsCheck(databases.using("default"), DjangoSettings.parse(lines), keys)
                    .run().stream().map(Finding::toString).toList();
        }
    }
}
