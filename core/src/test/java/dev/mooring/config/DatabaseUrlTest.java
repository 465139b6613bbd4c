package dev.mooring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    private static final String FORMS =
            "use engine://user:password@host:port/name?setting=value, sqlite:///relative.db or sqlite:////absolute.db";

    @ParameterizedTest
    @CsvSource({
        "sqlite:///relative.db, relative.db",
        "sqlite:///dir/relative.db, dir/relative.db",
        "sqlite:////absolute.db, /absolute.db",
        "sqlite://:memory:, :memory:",
        "sqlite:///with%20blank%3F%23.db, with blank?#.db",
        "sqlite:///%CE%BB@home.db, λ@home.db",
    })
    void namesAFileAfterTheThirdSlash(String url, String name) {
        DatabaseSettings settings = DatabaseSettings.fromUrl(url);

        assertThat(settings.engine()).isEqualTo("sqlite");
        assertThat(settings.name()).isEqualTo(name);
        assertThat(settings.host()).isEmpty();
        assertThat(settings.port()).isEmpty();
    }

    @Test
    void readsEveryPartOfAServersAddress() {
        DatabaseSettings settings = DatabaseSettings.fromUrl(
                "replica", "postgres://user:password@host:5433/name?conn_max_age=60&sslmode=require");

        assertThat(settings.alias()).isEqualTo("replica");
        assertThat(settings.engine()).isEqualTo("postgres");
        assertThat(settings.user()).isEqualTo("user");
        assertThat(settings.password().reveal()).isEqualTo("password");
        assertThat(settings.host()).isEqualTo("host");
        assertThat(settings.port()).hasValue(5433);
        assertThat(settings.name()).isEqualTo("name");
        assertThat(settings.connMaxAge()).contains(Duration.ofSeconds(60));
        assertThat(settings.options()).isEqualTo(Map.of("sslmode", "require"));
    }

    @Test
    void leavesWhatIsNotThereToTheDefaults() {
        DatabaseSettings settings = DatabaseSettings.fromUrl("postgres://host/name");

        assertThat(settings.user()).isEmpty();
        assertThat(settings.password().isEmpty()).isTrue();
        assertThat(settings.port()).isEmpty();
        assertThat(settings.connMaxAge()).contains(Duration.ofMinutes(10));
    }

    @Test
    void decodesEscapesInEveryPart() {
        DatabaseSettings settings =
                DatabaseSettings.fromUrl("postgres://us%40er:p%3A%2F%3F%23%25%C3%A9@h%2Dost/na%2Fme?optio%6E=a%26b+c");

        assertThat(settings.user()).isEqualTo("us@er");
        assertThat(settings.password().reveal()).isEqualTo("p:/?#%é");
        assertThat(settings.host()).isEqualTo("h-ost");
        assertThat(settings.name()).isEqualTo("na/me");
        assertThat(settings.options()).isEqualTo(Map.of("option", "a&b+c"));
    }

    @Test
    void takesTheLastAtSignForTheEndOfThePassword() {
        DatabaseSettings settings = DatabaseSettings.fromUrl("postgres://user:a@b:c@host/name");

        assertThat(settings.user()).isEqualTo("user");
        assertThat(settings.password().reveal()).isEqualTo("a@b:c");
        assertThat(settings.host()).isEqualTo("host");
    }

    @Test
    void keepsAnIpv6HostInItsBrackets() {
        DatabaseSettings settings = DatabaseSettings.fromUrl("postgres://[2001:db8::1]:5433/name");

        assertThat(settings.host()).isEqualTo("[2001:db8::1]");
        assertThat(settings.port()).hasValue(5433);
    }

    @Test
    void setsEachSettingByItsName() {
        DatabaseSettings settings =
                DatabaseSettings.fromUrl("fake://host/name?conn_health_checks=off&health_check_idle=2"
                        + "&idle_timeout=9&max_connections=3&lease_scope=Thread&reclaim=no&acquire_timeout=4&connect_timeout=5"
                        + "&probe_timeout=6&commit_timeout=7&statement_timeout=0&time_zone=Europe/Athens");

        assertThat(settings.connHealthChecks()).isFalse();
        assertThat(settings.healthCheckIdle()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.idleTimeout()).contains(Duration.ofSeconds(9));
        assertThat(settings.maxConnections()).hasValue(3);
        assertThat(settings.leaseScope()).isEqualTo(LeaseScope.THREAD);
        assertThat(settings.reclaim()).isFalse();
        assertThat(settings.acquireTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.probeTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(settings.commitTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.statementTimeout()).isZero();
        assertThat(settings.timeZone()).contains(ZoneId.of("Europe/Athens"));
        assertThat(settings.options()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unlimited", "UNLIMITED", "none", "None"})
    void liftsTheMaxAge(String value) {
        assertThat(DatabaseSettings.fromUrl("fake://host/name?conn_max_age=" + value)
                        .connMaxAge())
                .isEmpty();
    }

    @Test
    void liftsTheIdleTimeout() {
        assertThat(DatabaseSettings.fromUrl("fake://host/name?idle_timeout=unlimited")
                        .idleTimeout())
                .isEmpty();
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> DatabaseSettings.fromUrl("fake://host/name?idle_timeout=0"))
                .withMessage(
                        "Setting 'idle_timeout' of database 'default' was '0'; use seconds, 1 or more, or unlimited");
    }

    @Test
    void liftsTheLimitOnConnections() {
        assertThat(DatabaseSettings.fromUrl("fake://host/name?max_connections=unlimited")
                        .maxConnections())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conn_max_age=60s | Setting 'conn_max_age' of database 'default' was '60s'; use seconds, 0 to close with each unit of work, or unlimited",
                "conn_max_age=-1 | Setting 'conn_max_age' of database 'default' was '-1'; use seconds, 0 to close with each unit of work, or unlimited",
                "conn_max_age=NaN | Setting 'conn_max_age' of database 'default' was 'NaN'; use seconds, 0 to close with each unit of work, or unlimited",
                "conn_max_age=2147483648 | Setting 'conn_max_age' of database 'default' was '2147483648'; use seconds, 0 to close with each unit of work, or unlimited",
                "max_connections=0 | Setting 'max_connections' of database 'default' was '0'; use 1 to 10000, or unlimited",
                "max_connections=10001 | Setting 'max_connections' of database 'default' was '10001'; use 1 to 10000, or unlimited",
                "max_connections= | Setting 'max_connections' of database 'default' was ''; use 1 to 10000, or unlimited",
                "lease_scope=ever | Setting 'lease_scope' of database 'default' was 'ever'; use operation, request or thread",
                "reclaim=maybe | Setting 'reclaim' of database 'default' was 'maybe'; use true or false",
                "time_zone=Mars | Setting 'time_zone' of database 'default' was 'Mars'; use a name such as UTC or Europe/Athens",
                "reclaim=%0Aforged | Setting 'reclaim' of database 'default' was '?forged'; use true or false",
                "reclaim | The URL of database 'default' has the parameter 'reclaim' without a value; use setting=value",
                "=true | The URL of database 'default' has the parameter '=true' without a value; use setting=value",
                "reclaim=%zz | The URL of database 'default' has a '%' in its reclaim that starts no escape; write a literal '%' as %25",
                "reclaim=%ff | The URL of database 'default' has escapes in its reclaim that are not UTF-8; escape each UTF-8 byte",
            })
    void refusesABadParameterAndSaysWhatToUse(String parameter, String message) {
        assertRefused("fake://host/name?" + parameter, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name", "jdbc:postgresql:@@//?", "://host/name", "fake:/name", "fake://host/name#part"})
    void refusesWhatIsNoUrl(String url) {
        assertRefused(url, "The URL of database 'default' is not a database URL; " + FORMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fake://a:b:c/name", "fake://[::1/name", "fake://[::1]x/name"})
    void refusesAMalformedHost(String url) {
        assertRefused(url, "The URL of database 'default' has a malformed host; " + FORMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "99999", "", "-1"})
    void refusesAPortThatIsNoneWithoutShowingIt(String port) {
        assertRefused(
                "fake://host:" + port + "/name", "The URL of database 'default' has a malformed port; use 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fake://user:canary@host:x/name",
                "fake://user:canary%@host/name",
                "fake://user:canary%ff@host/name",
                "fake://user:canary/s@host/name",
                "fake://user:canary?s@host/name",
                "fake://user:12?canary&s@host/name",
                "fake://user:12?canary=s@host/name",
                "fake://user:12/canary@host/name",
                "fake://user:x@12/canary@host/name",
                "fake://user:canary#s@host/name",
                "fake://user:canary@[host/name",
                "fake://user:canary@host/name?conn_max_age=x",
                "canary",
            })
    void neverShowsAPasswordHoweverItIsMistyped(String url) {
        assertThatThrownBy(() -> DatabaseSettings.fromUrl(url))
                .isInstanceOf(ImproperlyConfiguredException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void readsTheEnvironment() {
        assertThat(DatabaseUrl.fromEnvironment(Map.of("DATABASE_URL", "sqlite:///a.db")))
                .isEqualTo("sqlite:///a.db");
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> DatabaseUrl.fromEnvironment(Map.of("DATABASE_URL", " ")))
                .withMessage("The environment variable DATABASE_URL is not set; " + FORMS);
    }

    private static void assertRefused(String url, String message) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> DatabaseSettings.fromUrl(url))
                .withMessage(message);
    }
}
