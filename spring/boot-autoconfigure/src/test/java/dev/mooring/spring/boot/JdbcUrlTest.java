package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

class JdbcUrlTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db.example:5433/shop, db.example, 5433, shop",
        "jdbc:postgresql://db.example/shop, db.example, 0, shop",
        "jdbc:postgresql:shop, '', 0, shop",
        "jdbc:postgresql:///shop, '', 0, shop",
        "postgres://db.example:5433/shop, db.example, 5433, shop"
    })
    @DisplayName("A URL of PostgreSQL, of its driver or ours, says host, port and database")
    void postgres(String url, String host, int port, String name) {
        DatabaseSettings settings = JdbcUrl.settings("default", url).build();

        assertThat(settings.host()).isEqualTo(host);
        assertThat(settings.port().orElse(0)).isEqualTo(port);
        assertThat(settings.name()).isEqualTo(name);
        assertThat(settings.engine()).startsWith("postgres");
    }

    @Test
    @DisplayName("Parameters of the driver become settings and options, and those without a meaning here are left out")
    void parameters() {
        DatabaseSettings settings = JdbcUrl.settings(
                        "default",
                        "jdbc:postgresql://a,b:5433/shop?user=ann&password=p%40ss&ssl=true&currentSchema=s"
                                + "&connectTimeout=3&socketTimeout=30&loggerLevel=OFF")
                .build();

        assertThat(settings.user()).isEqualTo("ann");
        assertThat(settings.password().reveal()).isEqualTo("p@ss");
        assertThat(settings.host()).isEqualTo("a,b:5433");
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.options())
                .containsExactlyInAnyOrderEntriesOf(Map.of("sslmode", "verify-full", "currentSchema", "s"));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:sqlite:shop.db, shop.db",
        "jdbc:sqlite:/data/shop.db?journal_mode=WAL&busy_timeout=250&cache=shared, /data/shop.db",
        "jdbc:sqlite::memory:, :memory:",
        "jdbc:sqlite:, :memory:"
    })
    @DisplayName("A URL of SQLite's says the file")
    void sqlite(String url, String name) {
        DatabaseSettings settings = JdbcUrl.settings("default", url).build();

        assertThat(settings.engine()).isEqualTo("sqlite3");
        assertThat(settings.name()).isEqualTo(name);
        if (url.contains("?")) {
            assertThat(settings.options())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("journal_mode", "WAL", "timeout", "0.25"));
        }
    }

    @Test
    @DisplayName("spring.datasource and the settings of HikariCP that have a counterpart are honoured")
    void springDatasource() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("spring.datasource.url", "jdbc:postgresql://localhost/shop")
                .withProperty("spring.datasource.username", "ann")
                .withProperty("spring.datasource.password", "secret")
                .withProperty("spring.datasource.hikari.maximum-pool-size", "7")
                .withProperty("spring.datasource.hikari.connectionTimeout", "2500")
                .withProperty("spring.datasource.hikari.max-lifetime", "0")
                .withProperty("spring.datasource.hikari.pool-name", "shop");

        DatabaseSettings settings = new SpringDatasource(environment).settings(null);

        assertThat(settings.user()).isEqualTo("ann");
        assertThat(settings.password().reveal()).isEqualTo("secret");
        assertThat(settings.maxConnections()).hasValue(7);
        assertThat(settings.acquireTimeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(settings.connMaxAge()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAXIMUM_POOL_SIZE", "MAXIMUMPOOLSIZE"})
    @DisplayName("So are those that are variables of the environment, with underscores and without")
    void variables(String name) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(
                                        "SPRING_DATASOURCE_URL",
                                        "jdbc:postgresql://localhost/shop",
                                        "SPRING_DATASOURCE_HIKARI_" + name,
                                        "7")));

        assertThat(new SpringDatasource(environment).settings(null).maxConnections())
                .hasValue(7);
    }

    @ParameterizedTest
    @CsvSource({
        "max-lifetime, 30s, which is no whole number",
        "read-only, yes, use true or false",
        "maximum-pool-size, 3000000000, was 2147483647"
    })
    @DisplayName("A setting of HikariCP's that is malformed is refused by its name, or by what it is called here")
    void malformedSetting(String name, String value, String message) {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("spring.datasource.url", "jdbc:postgresql://localhost/shop")
                .withProperty("spring.datasource.hikari." + name, value);
        SpringDatasource datasource = new SpringDatasource(environment);

        assertThatThrownBy(() -> datasource.settings(null))
                .isInstanceOf(ImproperlyConfiguredException.class)
                .hasMessageContaining(message);
    }

    @Test
    @DisplayName("What HikariCP would hand on to the driver of a server is handed on")
    void driversOwn() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("spring.datasource.url", "jdbc:postgresql://localhost/shop")
                .withProperty("spring.datasource.hikari.schema", "app")
                .withProperty("spring.datasource.hikari.transaction-isolation", "TRANSACTION_REPEATABLE_READ")
                .withProperty("spring.datasource.hikari.data-source-properties.ApplicationName", "Shop");

        assertThat(new SpringDatasource(environment).settings(null).options())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "currentSchema", "app", "isolation_level", "repeatable read", "ApplicationName", "Shop"));
        environment.setProperty("spring.datasource.url", "jdbc:sqlite:shop.db");
        assertThat(new SpringDatasource(environment).settings(null).options()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://localhost/shop?password=secret%zz, has a '%' without two hexadecimal digits",
        "jdbc:sqlite:shop.db?journal_mode=secret%z, has a '%' without two hexadecimal digits",
        "jdbc:sqlite:shop.db?busy_timeout=1s, was '1s'; use milliseconds"
    })
    @DisplayName("A malformed parameter is refused without showing what may be a password")
    void malformedParameter(String url, String message) {
        assertThatThrownBy(() -> JdbcUrl.settings("default", url))
                .isInstanceOf(ImproperlyConfiguredException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    @DisplayName("A URL that cannot be read is refused without showing the password")
    void refused() {
        assertThatThrownBy(() -> JdbcUrl.settings("default", "jdbc:mysql://ann:secret@localhost/shop"))
                .isInstanceOf(ImproperlyConfiguredException.class)
                .hasMessageNotContaining("secret");
    }
}
