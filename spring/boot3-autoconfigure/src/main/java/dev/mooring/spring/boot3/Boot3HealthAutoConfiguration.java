package dev.mooring.spring.boot3;

import dev.mooring.Databases;
import dev.mooring.spring.boot.DatabaseHealth;
import dev.mooring.spring.boot.MooringDataSourceAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * The health of the databases in Spring Boot 3. It is {@code db}, in the place of Spring Boot's own, which takes a connection; where
 * the data source is the application's own, {@code db} is about that, and this is {@code mooring}.
 */
@AutoConfiguration(
        after = MooringDataSourceAutoConfiguration.class,
        beforeName = "org.springframework.boot.actuate.autoconfigure.jdbc.DataSourceHealthContributorAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean({Databases.class, DatabaseHealth.class})
public final class Boot3HealthAutoConfiguration {

    /** For the application context. */
    public Boot3HealthAutoConfiguration() {}

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
