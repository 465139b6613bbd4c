package dev.mooring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
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
                        "Setting 'idleTimeout' of database 'default' was 0 s; use more than 0, or unlimited; connMaxAge of 0 closes with each unit of work");
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
                "conn_max_age=60x | Setting 'conn_max_age' of database 'default' was '60x'; use seconds, or a number with its unit such as 500ms, 30s, 10m, 2h or 1d; 0 closes with each unit of work; or use unlimited",
                "acquireTimeout=30 s | Setting 'acquireTimeout' of database 'default' was '30 s'; use seconds, or a number with its unit such as 500ms, 30s, 10m, 2h or 1d",
                "statement_timeout=-PT1S | Setting 'statement_timeout' of database 'default' was '-PT1S'; use seconds, or a number with its unit such as 500ms, 30s, 10m, 2h or 1d",
                "conn_max_age=-1 | Setting 'conn_max_age' of database 'default' was '-1'; use seconds, or a number with its unit such as 500ms, 30s, 10m, 2h or 1d; 0 closes with each unit of work; or use unlimited",
                "conn_max_age=NaN | Setting 'conn_max_age' of database 'default' was 'NaN'; use seconds, or a number with its unit such as 500ms, 30s, 10m, 2h or 1d; 0 closes with each unit of work; or use unlimited",
                "conn_max_age=9999999999999999999 | Setting 'conn_max_age' of database 'default' was '9999999999999999999'; use seconds, or a number with its unit such as 500ms, 30s, 10m, 2h or 1d; 0 closes with each unit of work; or use unlimited",
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
    @ValueSource(strings = {"", "name", "://host/name", "fake:/name"})
    void refusesWhatIsNoUrl(String url) {
        assertRefused(url, "The URL of database 'default' is not a database URL; " + FORMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fake://a:b:c/name", "fake://[::1/name", "fake://[::1]x/name"})
    void refusesAMalformedHost(String url) {
        assertRefused(url, "The URL of database 'default' has a malformed host; " + FORMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "99999", "-1"})
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
                "fake:///user:canary@host/name",
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

    @ParameterizedTest
    @Tag("wrong-answers")
    @DisplayName("White space around a URL, such as the line break at the end of a file, is no part of it")
    @ValueSource(strings = {"fake://host/name\n", " fake://host/name\r\n", "\tfake://host/name "})
    void dropsWhiteSpaceAroundIt(String url) {
        assertThat(DatabaseSettings.fromUrl(url).name()).isEqualTo("name");
        assertThat(DatabaseSettings.fromUrl(DatabaseUrl.fromEnvironment(Map.of("DATABASE_URL", url)))
                        .name())
                .isEqualTo("name");
    }

    @ParameterizedTest
    @Tag("wrong-answers")
    @DisplayName("A URL that is nearly right is refused with what to change")
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://host/name | begins with 'jdbc:', which is the form of a JDBC driver; leave that out: ",
                "JDBC:sqlite:shop.db | begins with 'jdbc:', which is the form of a JDBC driver; leave that out: ",
                "fake://user:canary#x@host/name | holds a '#', which ends a URL; write a '#' in the password or the name as %23",
                "fake://host/name#part | holds a '#', which ends a URL; write a '#' in the password or the name as %23",
                "fake://a:5432,:5433/name | has a malformed host; ",
                "fake://a:5432,/name | has a malformed host; ",
                "fake://a:5432,b:x/name | has a malformed port; use 1 to 65535",
            })
    void saysWhatToChange(String url, String seen) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> DatabaseSettings.fromUrl(url))
                .withMessageStartingWith("The URL of database 'default' " + seen.strip())
                .withMessageNotContaining("canary");
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("A line break inside a URL is refused")
    void refusesALineBreakInside() {
        assertRefused(
                "fake://host/na\nme",
                "The URL of database 'default' holds a line break or another control character; remove it, or write it as an escape");
    }

    @ParameterizedTest
    @Tag("wrong-answers")
    @DisplayName("A URL has one host or several, each with a port, an empty one or none")
    @CsvSource(
            delimiter = '|',
            value = {
                "fake://host:/name | host | 0",
                "fake://user:pw@host:/name | host | 0",
                "fake://a,b/name | a,b | 0",
                "fake://a:5433,b:5433/name | a,b | 5433",
                "fake://user:p,w@a:5432,b:5433/name | a:5432,b:5433 | 0",
                "fake://a:5433,b/name | a:5433,b | 0",
                "fake://[::1]:5432,[::2]:5433/name | [::1]:5432,[::2]:5433 | 0",
            })
    void readsSeveralHosts(String url, String host, int port) {
        DatabaseSettings settings = DatabaseSettings.fromUrl(url);

        assertThat(settings.host()).isEqualTo(host);
        assertThat(settings.port().orElse(0)).isEqualTo(port);
        assertThat(settings.name()).isEqualTo("name");
    }

    @ParameterizedTest
    @Tag("wrong-answers")
    @DisplayName("A duration is a number of seconds, or has a unit, or the form of ISO 8601")
    @CsvSource({"30, PT30S", "30s, PT30S", "500ms, PT0.5S", "10M, PT10M", "2h, PT2H", "1d, PT24H", "PT1.5S, PT1.5S"})
    void readsDurationsWithAUnit(String text, Duration expected) {
        assertThat(DatabaseSettings.fromUrl("fake://host/name?acquire_timeout=" + text)
                        .acquireTimeout())
                .isEqualTo(expected);
        assertThat(DatabaseSettings.fromUrl("fake://host/name?connMaxAge=" + text)
                        .connMaxAge())
                .contains(expected);
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("A setting may be spelt as in Java")
    void readsCamelCase() {
        DatabaseSettings settings =
                DatabaseSettings.fromUrl("fake://host/name?maxConnections=3&leaseScope=request&MAX_CONNECTIONS=4");

        assertThat(settings.maxConnections()).hasValue(4);
        assertThat(settings.leaseScope()).isEqualTo(LeaseScope.REQUEST);
        assertThat(settings.options()).isEmpty();
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("Settings print a port only if there is one")
    void printsNoPortThatIsNotSet() {
        assertThat(DatabaseSettings.fromUrl("fake://host/name")).asString().doesNotContain("port");
        assertThat(DatabaseSettings.fromUrl("fake://host:1/name")).asString().contains("port=1");
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
