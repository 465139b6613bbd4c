package dev.mooring.spring.boot;

import dev.mooring.Databases;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The health of the databases in Spring Boot 4. It is {@code db}, in the place of Spring Boot's own, which takes a connection; where
 * the data source is the application's own, {@code db} is about that, and this is {@code mooring}.
 */
@AutoConfiguration(
        after = MooringDataSourceAutoConfiguration.class,
        beforeName = "org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean({Databases.class, DatabaseHealth.class})
public final class Boot4HealthAutoConfiguration {

    /** For the application context. */
    public Boot4HealthAutoConfiguration() {}

    @Bean
    @ConditionalOnEnabledHealthIndicator("db")
    @ConditionalOnBean(MooringDataSourceAutoConfiguration.class)
    @ConditionalOnMissingBean(name = {"dbHealthIndicator", "dbHealthContributor"})
    HealthIndicator dbHealthContributor(Databases databases, DatabaseHealth health) {
        return indicator(databases, health);
    }

    @Bean
    @ConditionalOnEnabledHealthIndicator("mooring")
    @ConditionalOnMissingBean(value = MooringDataSourceAutoConfiguration.class, name = "mooringHealthContributor")
    HealthIndicator mooringHealthContributor(Databases databases, DatabaseHealth health) {
        return indicator(databases, health);
    }

    private static HealthIndicator indicator(Databases databases, DatabaseHealth health) {
        return () -> Health.status(health.status(databases).name())
                .withDetails(health.details(databases))
                .build();
    }
}
