package dev.mooring.spring.boot;

import dev.mooring.Databases;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The {@link DataSource} of the application: that of {@link Databases}, whoever made them, unless the application has one of its own.
 */
@AutoConfiguration(
        after = MooringAutoConfiguration.class,
        beforeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration"
        })
@ConditionalOnClass(Databases.class)
@ConditionalOnProperty(name = "mooring.enabled", matchIfMissing = true)
@ConditionalOnBean(Databases.class)
@ConditionalOnMissingBean({DataSource.class, XADataSource.class})
@EnableConfigurationProperties(MooringProperties.class)
public final class MooringDataSourceAutoConfiguration {

    /** For the application context. */
    public MooringDataSourceAutoConfiguration() {}

    @Bean
    DataSource dataSource(Databases databases, MooringProperties properties, Environment environment) {
        DataSource source = databases.dataSource();
        return properties.databases().isEmpty() && !new SpringDatasource(environment).isAutoCommit()
                ? new ManualCommitDataSource(source)
                : source;
    }
}
