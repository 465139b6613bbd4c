package dev.mooring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.spring.items.Item;
import dev.mooring.spring.items.ItemApplication;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What applications that were written for HikariCP and Spring's own transaction manager rely on. */
@DisplayName("An application that knows nothing of Mooring")
class ExistingApplicationTest {

    private static final String[] MANUAL_COMMIT = {
        "spring.datasource.hikari.auto-commit=false",
        "spring.jpa.properties.hibernate.connection.provider_disables_autocommit=true"
    };

    @ParameterizedTest
    @EnumSource
    @DisplayName("injects the transaction manager as a DataSourceTransactionManager, whose data source is the bean")
    void transactionManagerByType(Engine engine) {
        try (ConfigurableApplicationContext context =
                ItemApplication.start(engine, false, new Class<?>[] {ByType.class})) {
            DataSourceTransactionManager manager = context.getBean(ByType.class).manager;
            assertThat(manager).isInstanceOf(AtomicTransactionManager.class);
            assertThat(manager.getDataSource()).isSameAs(context.getBean(DataSource.class));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("has JPA's transactions with auto-commit off, of which Hibernate was told")
    void manualCommitWithJpa(Engine engine) {
        try (ConfigurableApplicationContext context =
                ItemApplication.start(engine, true, new Class<?>[0], MANUAL_COMMIT)) {
            TransactionTemplate template = template(context);
            EntityManager entities = context.getBean(EntityManager.class);
            template.executeWithoutResult(status -> entities.persist(new Item(1, "committed")));
            assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                        entities.persist(new Item(2, "rolled back"));
                        entities.flush();
                        throw new IllegalStateException("after the flush");
                    }))
                    .hasMessage("after the flush");

            assertThat(ids(context)).containsExactly(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("has auto-commit off on each connection: without a transaction a change that nobody commits is lost")
    void manualCommit(Engine engine) throws SQLException {
        try (ConfigurableApplicationContext context =
                ItemApplication.start(engine, false, new Class<?>[0], MANUAL_COMMIT)) {
            JdbcClient client = context.getBean(JdbcClient.class);
            client.sql("INSERT INTO item VALUES (1, 'lost')").update();
            template(context)
                    .executeWithoutResult(status -> client.sql("INSERT INTO item VALUES (2, 'committed')")
                            .update());
            try (Connection connection = context.getBean(DataSource.class).getConnection()) {
                assertThat(connection.getAutoCommit()).isFalse();
            }

            assertThat(ids(context)).containsExactly(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "has a proxy around its data source, which sees the connections of transactions, and of JdbcClient in them")
    void proxiedDataSource(Engine engine) {
        try (ConfigurableApplicationContext context =
                ItemApplication.start(engine, false, new Class<?>[] {Proxying.class})) {
            AtomicInteger taken = context.getBean(Proxying.class).taken;
            JdbcClient client = context.getBean(JdbcClient.class);
            int before = taken.get();
            assertThatThrownBy(() -> template(context).executeWithoutResult(status -> {
                        client.sql("INSERT INTO item VALUES (1, 'rolled back')").update();
                        context.getBean(Databases.class).execute("INSERT INTO item VALUES (2, 'rolled back')");
                        throw new IllegalStateException("after the statements");
                    }))
                    .hasMessage("after the statements");

            assertThat(taken.get() - before).isEqualTo(1);
            assertThat(ids(context)).isEmpty();
            DataSourceTransactionManager manager = context.getBean(DataSourceTransactionManager.class);
            assertThat(manager.getDataSource()).isSameAs(context.getBean(DataSource.class));
            assertThat(manager.getResourceFactory()).isSameAs(context.getBean(DataSource.class));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("cannot give the transaction manager a data source of another database")
    void foreignDataSource(Engine engine) {
        Databases databases = ItemApplication.on(engine, false).getBean(Databases.class);
        AtomicTransactionManager manager = new AtomicTransactionManager(databases);
        Engine other = engine == Engine.SQLITE ? Engine.POSTGRES : Engine.SQLITE;
        Database foreign =
                ItemApplication.on(other, false).getBean(Databases.class).using("default");

        assertThatThrownBy(() -> manager.setDataSource(foreign.dataSource()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("database 'default'");
    }

    private static TransactionTemplate template(ApplicationContext context) {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    private static List<Integer> ids(ApplicationContext context) {
        return context.getBean(Databases.class).query(Integer.class, "SELECT id FROM item ORDER BY id");
    }

    @Configuration(proxyBeanMethods = false)
    static class ByType {

        private final DataSourceTransactionManager manager;

        ByType(DataSourceTransactionManager manager) {
            this.manager = manager;
        }
    }

    /** As libraries that measure or log statements do. */
    @Configuration(proxyBeanMethods = false)
    static class Proxying {

        private final AtomicInteger taken = new AtomicInteger();

        @Bean
        static BeanPostProcessor proxies(ObjectProvider<Proxying> counting) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source ? new Counted(source, counting) : bean;
                }
            };
        }

        private static final class Counted extends DelegatingDataSource {

            private final ObjectProvider<Proxying> counting;

            Counted(DataSource target, ObjectProvider<Proxying> counting) {
                super(target);
                this.counting = counting;
            }

            @Override
            public Connection getConnection() throws SQLException {
                int unused = counting.getObject().taken.incrementAndGet();
                return super.getConnection();
            }
        }
    }
}
