package dev.mooring.spring.boot;

import dev.mooring.DatabaseListener;
import dev.mooring.DatabaseRouter;
import dev.mooring.Databases;
import dev.mooring.DatabasesBuilder;
import dev.mooring.ExecuteWrapper;
import dev.mooring.spi.BackendProvider;
import javax.sql.DataSource;
import javax.sql.XADataSource;
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
 * {@link Databases} and its {@link DataSource}, unless the application has a data source of its own. Beans that are a
 * {@link DatabaseListener}, {@link DatabaseRouter}, {@link ExecuteWrapper} or {@link BackendProvider} are put into it.
 */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration"
        },
        afterName = {"dev.mooring.spring.boot.Boot4AutoConfiguration", "dev.mooring.spring.boot3.Boot3AutoConfiguration"
        })
@ConditionalOnClass(Databases.class)
@ConditionalOnProperty(name = "mooring.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MooringProperties.class)
public final class MooringAutoConfiguration {

    /** For the application context. */
    public MooringAutoConfiguration() {}

    @Bean
    @Conditional(OnDatabase.class)
    @ConditionalOnMissingBean({Databases.class, DataSource.class, XADataSource.class})
    Databases databases(
            MooringProperties properties,
            Environment environment,
            ObjectProvider<MooringConnectionDetails> details,
            ObjectProvider<DatabaseListener> listeners,
            ObjectProvider<DatabaseRouter> routers,
            ObjectProvider<ExecuteWrapper> wrappers,
            ObjectProvider<BackendProvider> backends) {
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
        return builder.build();
    }

    /** Hears of what becomes of connections, for the health of the application. */
    @Bean
    @ConditionalOnBean(Databases.class)
    @ConditionalOnMissingBean
    DatabaseHealth mooringDatabaseHealth() {
        return new DatabaseHealth();
    }

    /** The data source of these databases, or of those that the application makes itself. */
    @Bean
    @ConditionalOnBean(Databases.class)
    @ConditionalOnMissingBean({DataSource.class, XADataSource.class})
    DataSource dataSource(Databases databases, MooringProperties properties, Environment environment) {
        DataSource source = databases.dataSource();
        return properties.databases().isEmpty() && !new SpringDatasource(environment).isAutoCommit()
                ? new ManualCommitDataSource(source)
                : source;
    }
}
