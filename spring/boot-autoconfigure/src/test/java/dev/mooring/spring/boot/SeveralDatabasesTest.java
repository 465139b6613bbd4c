package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.spring.AtomicTransactionManager;
import dev.mooring.spring.Engine;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

@DisplayName("An application with several databases")
class SeveralDatabasesTest {

    private static final String JPA = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
            + "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration";

    private final String own = Engine.SQLITE.newDatabase();
    private @Nullable ConfigurableApplicationContext context;

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
    }

    private void start(Class<?> application, String... properties) {
        context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .properties(
                        "own=" + own,
                        "mooring.databases.default.url=" + Engine.SQLITE.newDatabase(),
                        "mooring.databases.reports.url=" + Engine.SQLITE.newDatabase(),
                        "spring.main.banner-mode=off",
                        "spring.main.lazy-initialization=true",
                        "spring.autoconfigure.exclude=" + JPA)
                .run();
        reports().execute("CREATE TABLE report (title varchar(50) PRIMARY KEY)");
    }

    private Database reports() {
        return context.getBean(Databases.class).using("reports");
    }

    @ParameterizedTest
    @ValueSource(classes = {OursAlone.class, BesideOwn.class})
    @DisplayName("injects what is on an alias by its name, and what is on the default database without")
    void injected(Class<?> application) throws SQLException {
        start(application);
        Injected injected = context.getBean(Injected.class);

        assertThat(injected.reports).isSameAs(reports());
        assertThat(injected.reportsSource).isSameAs(reports().dataSource());
        assertThat(context.getBeanFactory().isSingleton("reportsDataSource"))
                .as("seen by Spring Boot's metrics, and by its health beside another data source")
                .isEqualTo(application == OursAlone.class);
        assertThat(injected.reportsManager).isInstanceOf(AtomicTransactionManager.class);
        assertThat(injected.source.isWrapperFor(Database.class)).isEqualTo(application == OursAlone.class);
        assertThat(injected.manager)
                .isInstanceOf(
                        application == OursAlone.class ? AtomicTransactionManager.class : JdbcTransactionManager.class);
        context.getBean(Reports.class).add("sales");
        assertThatThrownBy(() -> context.getBean(Reports.class).add("sales")).isInstanceOf(DuplicateKeyException.class);
        assertThat(reports().query(String.class, "SELECT title FROM report")).containsExactly("sales");
    }

    @Test
    @DisplayName("and a data source of its own keeps that, with its transactions and its health")
    void besideOwn() {
        start(BesideOwn.class);
        Injected injected = context.getBean(Injected.class);

        assertThat(context.getBean(Databases.class).aliases()).containsExactlyInAnyOrder("default", "reports");
        assertThat(((DriverManagerDataSource) injected.source).getUrl()).isEqualTo(own);
        assertThat(((JdbcTransactionManager) injected.manager).getDataSource()).isSameAs(injected.source);
        injected.client.sql("CREATE TABLE here (id integer)").update();
        assertThat(context.getBean(Databases.class).using("default").tableNames())
                .isEmpty();
        assertThat(context.getBean("dbHealthContributor").getClass().getSimpleName())
                .as("of the own data source alone")
                .isEqualTo("DataSourceHealthIndicator");
        assertThat(context.containsBean("mooringHealthContributor")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"OursAlone, db, dbHealthContributor", "BesideOwn, mooring, mooringHealthContributor"})
    @DisplayName("has no health of them where that is switched off by its name")
    void healthSwitchedOff(String application, String name, String bean) {
        Class<?> type = application.equals("OursAlone") ? OursAlone.class : BesideOwn.class;
        start(type, "management.health.%s.enabled=false".formatted(name));

        assertThat(context.containsBean(bean)).isFalse();
    }

    @Test
    @DisplayName("has health of those beside its own data source although it has none of that")
    void healthOfOursAlone() {
        start(BesideOwn.class, "management.health.db.enabled=false");

        assertThat(context.containsBean("dbHealthContributor")).isFalse();
        assertThat(context.containsBean("mooringHealthContributor")).isTrue();
    }

    @Test
    @DisplayName("has the JdbcClient of each as spring.jdbc.template says")
    void templateProperties() {
        start(OursAlone.class, "spring.jdbc.template.max-rows=1");
        reports().execute("INSERT INTO report VALUES ('sales'), ('returns')");
        JdbcClient client =
                BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(), JdbcClient.class, "reports");

        assertThat(client.sql("SELECT title FROM report").query().listOfRows()).hasSize(1);
    }

    @Test
    @DisplayName("reads all of spring.jdbc.template, a number for the timeout as seconds")
    void allTemplateProperties() {
        JdbcTemplate template = new JdbcTemplate();
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "spring.jdbc.template.ignore-warnings", "false",
                                "spring.jdbc.template.fetch-size", "2",
                                "spring.jdbc.template.maxRows", "3",
                                "spring.jdbc.template.query-timeout", "4",
                                "spring.jdbc.template.skip-results-processing", "true",
                                "spring.jdbc.template.skip-undeclared-results", "true",
                                "spring.jdbc.template.results-map-case-insensitive", "true")));

        TemplateProperties.apply(environment, template);

        assertThat(template.isIgnoreWarnings()).isFalse();
        assertThat(template.getFetchSize()).isEqualTo(2);
        assertThat(template.getMaxRows()).isEqualTo(3);
        assertThat(template.getQueryTimeout()).isEqualTo(4);
        assertThat(template.isSkipResultsProcessing()).isTrue();
        assertThat(template.isSkipUndeclaredResults()).isTrue();
        assertThat(template.isResultsMapCaseInsensitive()).isTrue();
    }

    @Test
    @DisplayName("has the transaction managers of all as spring.transaction says")
    void transactionProperties() {
        start(OursAlone.class, "spring.transaction.default-timeout=7s");
        Injected injected = context.getBean(Injected.class);

        assertThat(List.of(injected.manager, injected.reportsManager))
                .extracting(manager -> ((AtomicTransactionManager) manager).getDefaultTimeout())
                .containsOnly(7);
    }

    @Test
    @DisplayName("keeps beans of its own that are called like an alias")
    void ownBeans() {
        start(OwnBeans.class);

        assertThat(BeanFactoryAnnotationUtils.qualifiedBeanOfType(
                        context.getBeanFactory(), TransactionManager.class, "reports"))
                .isSameAs(context.getBean("reports"));
    }

    @Test
    @DisplayName("does not start without a default one, also beside a data source of its own")
    void withoutDefault() {
        assertThatThrownBy(() -> new SpringApplicationBuilder(BesideOwn.class)
                        .web(WebApplicationType.NONE)
                        .run(
                                "--own=" + own,
                                "--mooring.databases.reports.url=" + own,
                                "--spring.main.banner-mode=off",
                                "--spring.autoconfigure.exclude=" + JPA))
                .rootCause()
                .isInstanceOf(ImproperlyConfiguredException.class)
                .hasMessageContainingAll("'default'", "reports");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableTransactionManagement(proxyTargetClass = true)
    @Import({Injected.class, Reports.class})
    static class OursAlone {}

    @Configuration(proxyBeanMethods = false)
    @Import(OursAlone.class)
    static class BesideOwn {

        @Bean
        DataSource own(Environment environment) {
            return new DriverManagerDataSource(environment.getRequiredProperty("own"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(OursAlone.class)
    static class OwnBeans {

        @Bean(defaultCandidate = false)
        PlatformTransactionManager reports(Databases databases) {
            return new AtomicTransactionManager(databases, "reports");
        }
    }

    static class Injected {

        private final DataSource source;
        private final JdbcClient client;
        private final PlatformTransactionManager manager;
        private final Database reports;
        private final DataSource reportsSource;
        private final PlatformTransactionManager reportsManager;

        Injected(
                DataSource source,
                JdbcClient client,
                PlatformTransactionManager manager,
                @Qualifier("reports") Database reports,
                @Qualifier("reports") DataSource reportsSource,
                @Qualifier("reports") PlatformTransactionManager reportsManager) {
            this.source = source;
            this.client = client;
            this.manager = manager;
            this.reports = reports;
            this.reportsSource = reportsSource;
            this.reportsManager = reportsManager;
        }
    }
}
