package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchRuntimeException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mooring.DatabaseListener;
import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.spring.AtomicTransactionManager;
import dev.mooring.spring.DatabaseExceptionTranslator;
import dev.mooring.spring.Engine;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionManager;

@DisplayName("In an application of Spring Boot's")
class MooringAutoConfigurationTest {

    private final String url = Engine.SQLITE.newDatabase();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    Boot4AutoConfiguration.class,
                    MooringAutoConfiguration.class,
                    MooringDataSourceAutoConfiguration.class,
                    MooringTransactionAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    JdbcClientAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    TransactionManagerCustomizationAutoConfiguration.class));

    @Test
    @DisplayName("spring.datasource.url alone makes Databases, DataSource and transaction manager")
    void springDatasource() {
        runner.withPropertyValues("spring.datasource.url=" + url).run(context -> {
            assertThat(context).hasSingleBean(Databases.class).hasSingleBean(DataSource.class);
            assertThat(context.getBean(DataSource.class))
                    .isSameAs(context.getBean(Databases.class).dataSource());
            assertThat(context.getBean(TransactionManager.class)).isInstanceOf(AtomicTransactionManager.class);
        });
    }

    @Test
    @DisplayName("mooring.databases describes each alias, and counts more than spring.datasource")
    void aliases() {
        runner.withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:x",
                        "mooring.databases.default.url=" + url,
                        "mooring.databases.default.max-connections=3",
                        "mooring.databases.default.conn-max-age=90",
                        "mooring.databases.default.idle-timeout=-1",
                        "mooring.databases.default.acquire-timeout=500ms",
                        "mooring.databases.default.lease-scope=request",
                        "mooring.databases.default.time-zone=Europe/Athens",
                        "mooring.databases.reports.engine=postgresql",
                        "mooring.databases.reports.host=db.example",
                        "mooring.databases.reports.port=5433",
                        "mooring.databases.reports.name=reports",
                        "mooring.databases.reports.username=ann",
                        "mooring.databases.reports.password=secret",
                        "mooring.databases.reports.max-connections=-1",
                        "mooring.databases.reports.conn-max-age=-1",
                        "mooring.databases.reports.options.sslmode=require")
                .run(context -> {
                    Databases databases = context.getBean(Databases.class);
                    DatabaseSettings first = databases.using("default").settings();
                    assertThat(first.maxConnections()).hasValue(3);
                    assertThat(first.connMaxAge()).contains(Duration.ofSeconds(90));
                    assertThat(first.idleTimeout()).isEmpty();
                    assertThat(first.acquireTimeout()).isEqualTo(Duration.ofMillis(500));
                    assertThat(first.leaseScope()).isEqualTo(LeaseScope.REQUEST);
                    assertThat(first.timeZone()).contains(ZoneId.of("Europe/Athens"));
                    DatabaseSettings second = databases.using("reports").settings();
                    assertThat(second.user()).isEqualTo("ann");
                    assertThat(second.password().reveal()).isEqualTo("secret");
                    assertThat(second.host()).isEqualTo("db.example");
                    assertThat(second.port()).hasValue(5433);
                    assertThat(second.maxConnections()).isEmpty();
                    assertThat(second.connMaxAge()).isEmpty();
                    assertThat(second.options()).containsEntry("sslmode", "require");
                    assertThat(context.getBean(MooringProperties.class).toString())
                            .doesNotContain("secret");
                });
    }

    @Test
    @DisplayName("a container that Spring Boot knows the address of is used")
    void connectionDetails() {
        runner.withUserConfiguration(Container.class).run(context -> {
            DatabaseSettings settings =
                    context.getBean(Databases.class).using("default").settings();
            assertThat(settings.host()).isEqualTo("container");
            assertThat(settings.user()).isEqualTo("ann");
            assertThat(settings.password().reveal()).isEqualTo("secret");
        });
    }

    @Test
    @DisplayName("another database, kind of data source, or none is left to Spring Boot")
    void leftToSpringBoot() {
        ApplicationContextRunner ours = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MooringAutoConfiguration.class,
                        MooringDataSourceAutoConfiguration.class,
                        MooringTransactionAutoConfiguration.class));
        ours.withPropertyValues("spring.datasource.url=jdbc:h2:mem:x")
                .run(context -> assertThat(context).doesNotHaveBean(DataSource.class));
        ours.withPropertyValues(
                        "spring.datasource.url=" + url,
                        "spring.datasource.type=org.springframework.jdbc.datasource.DriverManagerDataSource")
                .run(context -> assertThat(context).doesNotHaveBean(DataSource.class));
        ours.withPropertyValues("spring.datasource.url=" + url, "mooring.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(DataSource.class));
        ours.run(context -> assertThat(context).doesNotHaveBean(DataSource.class));
    }

    @Test
    @DisplayName(
            "spring.datasource.type, which generators of applications write, does not count if mooring.enabled is set")
    void enabledInSpiteOfType() {
        runner.withPropertyValues(
                        "spring.datasource.url=" + url,
                        "spring.datasource.type=org.springframework.jdbc.datasource.DriverManagerDataSource",
                        "mooring.enabled=true")
                .run(context -> assertThat(context.getBean(DataSource.class))
                        .isSameAs(context.getBean(Databases.class).dataSource()));
    }

    @Test
    @DisplayName("a starter that does nothing because of spring.datasource.type says so")
    void warnsOfType() {
        Logger logger = (Logger) LoggerFactory.getLogger(OnSpringDatasource.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.WARN); // Other tests' applications have turned it off.
        try {
            runner.withPropertyValues(
                            "spring.datasource.url=" + url,
                            "spring.datasource.type=org.springframework.jdbc.datasource.DriverManagerDataSource")
                    .run(context -> assertThat(context).doesNotHaveBean(Databases.class));
        } finally {
            logger.setLevel(null);
            logger.detachAppender(logged);
        }
        assertThat(logged.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage, STRING)
                .startsWith("Mooring is not the pool of this application, since 'spring.datasource.type'");
    }

    @Test
    @DisplayName("that excludes Spring Boot's data source there is none of ours either, unless it is asked for")
    void excluded() {
        try (ConfigurableApplicationContext context = excluding("spring.datasource.url")) {
            assertThat(context.getBeanNamesForType(DataSource.class)).isEmpty();
        }
        try (ConfigurableApplicationContext context = excluding("mooring.databases.default.url")) {
            assertThat(context.getBeanNamesForType(DataSource.class)).hasSize(1);
        }
    }

    private ConfigurableApplicationContext excluding(String property) {
        return new SpringApplicationBuilder(Excluding.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "logging.level.root=ERROR", property + "=" + url)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = DataSourceAutoConfiguration.class,
            excludeName = {
                "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
                "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"
            })
    static class Excluding {}

    @Test
    @DisplayName("a data source of the application's own stays the only one")
    void ownDataSource() {
        runner.withPropertyValues("spring.datasource.url=" + url)
                .withBean(DataSource.class, () -> new DriverManagerDataSource(url))
                .run(context -> assertThat(context)
                        .doesNotHaveBean(Databases.class)
                        .getBean(TransactionManager.class)
                        .isInstanceOf(JdbcTransactionManager.class));
    }

    @Test
    @DisplayName("Databases that the application makes itself are its data source")
    void ownDatabases() {
        runner.withBean(
                        Databases.class,
                        () -> Databases.of(JdbcUrl.settings("default", url).build()))
                .run(context -> {
                    assertThat(context.getBean(DataSource.class))
                            .isSameAs(context.getBean(Databases.class).dataSource());
                    assertThat(context.getBean(TransactionManager.class)).isInstanceOf(AtomicTransactionManager.class);
                });
    }

    @Test
    @DisplayName("atomic-requests is refused where nothing puts transactions around requests")
    void atomicRequests() {
        new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(MooringAutoConfiguration.class, MooringWebAutoConfiguration.class))
                .withPropertyValues(
                        "mooring.databases.default.url=" + url, "mooring.databases.default.atomic-requests=true")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContainingAll("'atomic-requests'", "'default'", "mooring.web.enabled"));
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(MooringAutoConfiguration.class, MooringWebAutoConfiguration.class))
                .withPropertyValues(
                        "mooring.databases.default.url=" + url, "mooring.databases.default.atomic-requests=true")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContainingAll("'atomic-requests'", "'default'", "reactive"));
    }

    @Test
    @DisplayName("listeners that are beans hear of connections")
    void listeners() {
        runner.withPropertyValues("spring.datasource.url=" + url)
                .withUserConfiguration(Listening.class)
                .run(context -> {
                    context.getBean(Databases.class).query("SELECT 1");
                    assertThat(context.getBean(Listening.class).heard).containsExactly("default");
                });
    }

    @Test
    @DisplayName("spring.transaction.default-timeout is that of our transaction manager too")
    void transactionProperties() {
        runner.withPropertyValues("spring.datasource.url=" + url, "spring.transaction.default-timeout=7s")
                .run(context -> assertThat(
                                context.getBean(AtomicTransactionManager.class).getDefaultTimeout())
                        .isEqualTo(7));
    }

    @Test
    @DisplayName("a duplicate key on SQLite is a DuplicateKeyException")
    void translation() {
        runner.withPropertyValues("spring.datasource.url=" + url).run(context -> {
            JdbcClient client = context.getBean(JdbcClient.class);
            client.sql("CREATE TABLE item (id integer PRIMARY KEY)").update();
            client.sql("INSERT INTO item VALUES (1)").update();
            assertThatThrownBy(() -> client.sql("INSERT INTO item VALUES (1)").update())
                    .isInstanceOf(DuplicateKeyException.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "a statement that is malformed or runs too long has the same exception on each database, by whomever it is run")
    void sameExceptions(Engine engine) {
        String endless = "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT count(*) FROM r";
        runner.withPropertyValues(
                        "mooring.databases.default.url=" + engine.newDatabase(),
                        "mooring.databases.default.statement-timeout=100ms")
                .run(context -> {
                    JdbcClient client = context.getBean(JdbcClient.class);
                    assertThatThrownBy(() -> client.sql(endless).query().singleRow())
                            .isInstanceOf(QueryTimeoutException.class);
                    assertThat(translated(context, endless)).isInstanceOf(QueryTimeoutException.class);
                    for (String malformed : List.of("SELEC 1", "SELECT 1 FROM nowhere", "SELECT nothing")) {
                        assertThatThrownBy(() -> client.sql(malformed).query().singleRow())
                                .isInstanceOf(BadSqlGrammarException.class);
                        assertThat(translated(context, malformed))
                                .isInstanceOf(InvalidDataAccessResourceUsageException.class);
                    }
                });
    }

    private static @Nullable DataAccessException translated(ApplicationContext context, String sql) {
        RuntimeException failure =
                catchRuntimeException(() -> context.getBean(Databases.class).query(sql));
        return new DatabaseExceptionTranslator().translateExceptionIfPossible(failure);
    }

    @Configuration(proxyBeanMethods = false)
    static class Container {

        @Bean
        JdbcConnectionDetails details() {
            return new JdbcConnectionDetails() {
                @Override
                public String getUsername() {
                    return "ann";
                }

                @Override
                public String getPassword() {
                    return "secret";
                }

                @Override
                public String getJdbcUrl() {
                    return "jdbc:postgresql://container:5432/shop";
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening implements DatabaseListener {

        private final List<String> heard = new ArrayList<>();

        @Override
        public void connectionCreated(DatabaseWrapper wrapper) {
            heard.add(wrapper.alias());
        }
    }
}
