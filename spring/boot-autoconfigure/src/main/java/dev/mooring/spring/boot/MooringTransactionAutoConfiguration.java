package dev.mooring.spring.boot;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.spring.AtomicTransactionManager;
import dev.mooring.spring.BackendSqlExceptionTranslator;
import dev.mooring.spring.DatabaseExceptionTranslator;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.TransactionManager;

/**
 * Spring's transactions on {@code atomic}, unless the application or JPA brings a transaction manager; then calls of
 * {@link Databases} follow its transactions. And exceptions as Spring knows them.
 */
@AutoConfiguration(
        after = MooringDataSourceAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.transaction.jta.autoconfigure.JtaAutoConfiguration",
            "org.springframework.boot.autoconfigure.transaction.jta.JtaAutoConfiguration"
        },
        beforeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration",
            "org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration"
        })
@ConditionalOnClass({Databases.class, JdbcTransactionManager.class})
@ConditionalOnBean(Databases.class)
public final class MooringTransactionAutoConfiguration {

    /** For the application context. */
    public MooringTransactionAutoConfiguration() {}

    @Bean
    static SuspendingPostProcessor mooringSuspendingPostProcessor() {
        return new SuspendingPostProcessor();
    }

    @Bean
    @ConditionalOnMissingBean
    DatabaseExceptionTranslator mooringDatabaseExceptionTranslator() {
        return new DatabaseExceptionTranslator();
    }

    /** For the data source that there is, which may be the application's own. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(DataSource.class)
    SQLExceptionTranslator mooringSqlExceptionTranslator(DataSource source) {
        Database database = SuspendingPostProcessor.database(source);
        return database == null
                ? new JdbcTemplate(source).getExceptionTranslator()
                : new BackendSqlExceptionTranslator(database);
    }

    /** The transaction manager, where there is no other. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(TransactionManager.class)
    @ConditionalOnSingleCandidate(DataSource.class)
    static class Manager {

        /**
         * On the data source that there is, which may be a proxy of ours; a test may have put an embedded one in its place. Has the
         * type that Spring Boot's own has, for applications that inject it by that.
         */
        @Bean
        DataSourceTransactionManager transactionManager(
                Databases databases, DataSource source, ObjectProvider<TransactionCustomization> customizations) {
            DataSourceTransactionManager manager;
            if (SuspendingPostProcessor.database(source) == null) {
                manager = new JdbcTransactionManager(source);
            } else {
                manager = new AtomicTransactionManager(databases);
                manager.setDataSource(source);
            }
            customizations.orderedStream().forEach(each -> each.customize(manager));
            return manager;
        }
    }
}
