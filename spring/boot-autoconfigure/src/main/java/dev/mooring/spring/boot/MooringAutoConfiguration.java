package dev.mooring.spring.boot;

import dev.mooring.DatabaseListener;
import dev.mooring.DatabaseRouter;
import dev.mooring.Databases;
import dev.mooring.DatabasesBuilder;
import dev.mooring.ExecuteWrapper;
import dev.mooring.spi.BackendProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * {@link Databases}, of {@code mooring.databases} or, unless the application has a data source of its own, of what Spring Boot knows.
 * Beans that are a {@link DatabaseListener}, {@link DatabaseRouter}, {@link ExecuteWrapper} or {@link BackendProvider} are put into it.
 */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration"
        },
        afterName = {
            "dev.mooring.spring.boot.Boot4AutoConfiguration",
            "dev.mooring.spring.boot3.Boot3AutoConfiguration",
            "org.springframework.boot.jdbc.test.autoconfigure.TestDatabaseAutoConfiguration",
            "org.springframework.boot.test.autoconfigure.jdbc.TestDatabaseAutoConfiguration"
        })
@ConditionalOnClass(Databases.class)
@ConditionalOnProperty(name = "mooring.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MooringProperties.class)
public final class MooringAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(MooringAutoConfiguration.class);

    /** For the application context. */
    public MooringAutoConfiguration() {}

    @Bean
    @Conditional(OnDatabases.class)
    @ConditionalOnMissingBean
    Databases databases(
            MooringProperties properties,
            Environment environment,
            ObjectProvider<MooringConnectionDetails> details,
            ObjectProvider<DatabaseListener> listeners,
            ObjectProvider<DatabaseRouter> routers,
            ObjectProvider<ExecuteWrapper> wrappers,
            ObjectProvider<BackendProvider> backends,
            ListableBeanFactory beans) {
        DatabasesBuilder builder = Databases.builder();
        if (properties.databases().isEmpty()) {
            builder.add(new SpringDatasource(environment).settings(details.getIfAvailable()));
        } else {
            properties.databases().forEach((alias, database) -> builder.add(database.settings(alias)));
        }
        listeners.orderedStream().forEach(builder::listener);
        routers.orderedStream().forEach(builder::router);
        wrappers.orderedStream().forEach(builder::executeWrapper);
        backends.orderedStream().forEach(builder::backend);
        Databases databases = builder.build();
        if (beans.getBeanNamesForType(MooringDataSourceAutoConfiguration.class, true, false).length == 0) {
            LOG.info(
                    "Databases has {} beside the application's own DataSource, on which JdbcClient, JPA and @Transactional work",
                    databases.aliases());
        }
        return databases;
    }

    /** Hears of what becomes of connections, for the health of the application. */
    @Bean
    @ConditionalOnBean(Databases.class)
    @ConditionalOnMissingBean
    DatabaseHealth mooringDatabaseHealth() {
        return new DatabaseHealth();
    }
}
