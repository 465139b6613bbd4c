package dev.mooring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.mooring.error.ImproperlyConfiguredException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    @Test
    void haveTheDefaultsOfTheDesign() {
        DatabaseSettings settings = valid().build();

        assertThat(settings.leaseScope()).isEqualTo(LeaseScope.OPERATION);
        assertThat(settings.connMaxAge()).contains(Duration.ofMinutes(10));
        assertThat(settings.idleTimeout()).contains(Duration.ofMinutes(5));
        assertThat(settings.connHealthChecks()).isTrue();
        assertThat(settings.healthCheckIdle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.maxConnections()).hasValue(10);
        assertThat(settings.reclaim()).isTrue();
        assertThat(settings.acquireTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.probeTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.commitTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.statementTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.timeZone()).isEmpty();
        assertThat(settings.options()).isEmpty();
    }

    @Test
    void showEverythingButThePassword() {
        DatabaseSettings settings = valid().name("shop")
                .user("app")
                .password("canary")
                .host("db")
                .port(5432)
                .option("secretish", "canary")
                .build();

        assertThat(settings)
                .hasToString(
                        "DatabaseSettings[alias=default, engine=fake, name=shop, user=app, password=***, host=db, port=5432]");
        assertThat(settings.password()).hasToString("***");
        assertThat(valid().build().password()).hasToString("");
    }

    @Test
    void raiseTheScopeToARequestWhenTheMaxAgeIsZero() {
        assertThat(valid().connMaxAge(Duration.ZERO).build().leaseScope()).isEqualTo(LeaseScope.REQUEST);
        assertThat(valid().connMaxAge(Duration.ZERO)
                        .leaseScope(LeaseScope.THREAD)
                        .build()
                        .leaseScope())
                .isEqualTo(LeaseScope.THREAD);
        assertThat(valid().connMaxAge(Duration.ofNanos(1)).build().leaseScope()).isEqualTo(LeaseScope.OPERATION);
    }

    @Test
    void doNotChangeWithTheBuilderTheyCameFrom() {
        DatabaseSettingsBuilder builder = valid().option("a", "1");
        DatabaseSettings settings = builder.build();

        builder.name("other").option("b", "2");
        settings.toBuilder().maxConnections(1).build();

        assertThat(settings.name()).isEmpty();
        assertThat(settings.options()).containsOnlyKeys("a");
        assertThat(settings.maxConnections()).hasValue(10);
    }

    @Test
    @DisplayName("A copy by the builder has every setting, each of which is something else than its default here")
    void areCopiedWholeByTheirBuilder() throws IllegalAccessException {
        DatabaseSettings settings = DatabaseSettings.fromUrl(
                "other",
                "fake://u:p@h:1/n?conn_max_age=1&conn_health_checks=no&health_check_idle=2&max_connections=3"
                        + "&lease_scope=thread&reclaim=no&acquire_timeout=4&connect_timeout=5&probe_timeout=6&commit_timeout=7"
                        + "&statement_timeout=8&time_zone=UTC&idle_timeout=9&atomic_requests=yes&read_only=yes"
                        + "&reset_session_after_use=yes&trace_leases=yes&leak_warning_after=10&slow_query_threshold=11"
                        + "&queries_limit=12&log_parameters=yes&values_in_errors=yes&x=y");
        DatabaseSettings defaults =
                DatabaseSettings.builder("default").engine("another").build();
        for (Field field : DatabaseSettings.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                assertThat(field.get(settings)).as(field.getName()).isNotEqualTo(field.get(defaults));
            }
        }

        assertThat(settings.toBuilder().build()).usingRecursiveComparison().isEqualTo(settings);
    }

    @Test
    @DisplayName("A copy may have another alias, which is checked as any other, and the rest stays")
    void canBeRenamed() {
        DatabaseSettings primary = valid().name("shop").host("db").build();

        DatabaseSettings replica =
                primary.toBuilder().alias("replica").readOnly(true).build();

        assertThat(replica.alias()).isEqualTo("replica");
        assertThat(replica.name()).isEqualTo("shop");
        assertThat(primary.alias()).isEqualTo("default");
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> primary.toBuilder().alias("not one").build())
                .withMessageContaining("The alias 'not one' is not usable");
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void areRefusedOutOfRange(UnaryOperator<DatabaseSettingsBuilder> change, String message) {
        DatabaseSettingsBuilder builder = change.apply(valid());

        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(builder::build)
                .withMessage(message);
    }

    static Arguments[] outOfRange() {
        return new Arguments[] {
            wrong(
                    b -> b.engine(" "),
                    "'engine' of database 'default' is missing; name a backend, such as sqlite3 or postgresql"),
            wrong(b -> b.port(-1), "'port' of database 'default' was -1; use 1 to 65535"),
            wrong(b -> b.port(65_536), "'port' of database 'default' was 65536; use 1 to 65535"),
            wrong(
                    b -> b.maxConnections(0),
                    "'maxConnections' of database 'default' was 0; use 1 to 10000, or unlimited"),
            wrong(
                    b -> b.maxConnections(-1),
                    "'maxConnections' of database 'default' was -1; use 1 to 10000, or unlimited"),
            wrong(
                    b -> b.maxConnections(10_001),
                    "'maxConnections' of database 'default' was 10001; use 1 to 10000, or unlimited"),
            wrong(
                    b -> b.connMaxAge(Duration.ofSeconds(-1)),
                    "'connMaxAge' of database 'default' was -1 s; use 0 to close with each unit of work, or unlimited"),
            wrong(
                    b -> b.connMaxAge(LONGEST.plusNanos(1)),
                    "'connMaxAge' of database 'default' was PT876000H0.000000001S; use 0 to close with each unit of work, or unlimited"),
            wrong(
                    b -> b.connMaxAge(Duration.ofSeconds(Long.MAX_VALUE)),
                    "'connMaxAge' of database 'default' was 9223372036854775807 s; use 0 to close with each unit of work, or unlimited"),
            wrong(
                    b -> b.idleTimeout(Duration.ZERO),
                    "'idleTimeout' of database 'default' was 0 s; use more than 0, or unlimited; connMaxAge of 0 closes with each unit of work"),
            wrong(
                    b -> b.idleTimeout(Duration.ofSeconds(-1)),
                    "'idleTimeout' of database 'default' was -1 s; use more than 0, or unlimited; connMaxAge of 0 closes with each unit of work"),
            wrong(
                    b -> b.healthCheckIdle(Duration.ofNanos(-1)),
                    "'healthCheckIdle' of database 'default' was PT-0.000000001S; use 0 to probe after each boundary"),
            wrong(
                    b -> b.statementTimeout(Duration.ofSeconds(-1)),
                    "'statementTimeout' of database 'default' was -1 s; use 0 for no limit"),
        };
    }

    @ParameterizedTest
    @MethodSource("boundedWaits")
    void boundEveryWait(BiFunction<DatabaseSettingsBuilder, Duration, DatabaseSettingsBuilder> setter, String setting) {
        assertRefused(
                setter.apply(valid(), Duration.ZERO),
                "Setting '" + setting + "' of database 'default' was 0 s; every wait is bounded, so use more than 0");
        assertRefused(
                setter.apply(valid(), Duration.ofSeconds(-1)),
                "Setting '" + setting + "' of database 'default' was -1 s; use more than 0 and less than a century");
        assertRefused(
                setter.apply(valid(), LONGEST.plusSeconds(1)),
                "Setting '" + setting
                        + "' of database 'default' was 3153600001 s; use more than 0 and less than a century");
        assertThat(setter.apply(valid(), LONGEST).build()).isNotNull();
        assertThat(setter.apply(valid(), Duration.ofNanos(1)).build()).isNotNull();
    }

    static Arguments[] boundedWaits() {
        return new Arguments[] {
            wait(DatabaseSettingsBuilder::acquireTimeout, "acquireTimeout"),
            wait(DatabaseSettingsBuilder::connectTimeout, "connectTimeout"),
            wait(DatabaseSettingsBuilder::probeTimeout, "probeTimeout"),
            wait(DatabaseSettingsBuilder::commitTimeout, "commitTimeout"),
        };
    }

    @Test
    void areAcceptedAtTheEndsOfTheirRanges() {
        assertThat(valid().port(65_535)
                        .maxConnections(10_000)
                        .connMaxAge(LONGEST)
                        .build()
                        .port())
                .hasValue(65_535);
        assertThat(valid().port(0)
                        .maxConnections(1)
                        .connMaxAge(Duration.ZERO)
                        .build()
                        .port())
                .isEmpty();
        assertThat(valid().maxConnectionsUnlimited()
                        .connMaxAgeUnlimited()
                        .build()
                        .maxConnections())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "with blank", "new\nline", "a.b", "ä"})
    void haveAnAliasOfPlainLetters(String alias) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(DatabaseSettings.builder(alias).engine("fake")::build)
                .withMessage(
                        "The alias '%s' is not usable: use a letter, then letters, digits, '_' or '-', 63 at the most",
                        alias.replace('\n', '?'));
    }

    @Test
    void haveAnAliasThatIsNotEndless() {
        String longest = "a".repeat(63);

        assertThat(DatabaseSettings.builder(longest).engine("fake").build().alias())
                .isEqualTo(longest);
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(DatabaseSettings.builder(longest + "a").engine("fake")::build);
    }

    @Test
    void takeNoNull() {
        assertThatNullPointerException().isThrownBy(() -> valid().name(null)).withMessage("name");
        assertThatNullPointerException()
                .isThrownBy(() -> valid().connMaxAge(null))
                .withMessage("connMaxAge");
    }

    private static DatabaseSettingsBuilder valid() {
        return DatabaseSettings.builder("default").engine("fake");
    }

    private static void assertRefused(DatabaseSettingsBuilder builder, String message) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(builder::build)
                .withMessage(message);
    }

    private static Arguments wrong(UnaryOperator<DatabaseSettingsBuilder> change, String message) {
        return Arguments.of(change, "Setting " + message);
    }

    private static Arguments wait(
            BiFunction<DatabaseSettingsBuilder, Duration, DatabaseSettingsBuilder> setter, String setting) {
        return Arguments.of(setter, setting);
    }
}
