package dev.mooring.spring.boot;

import dev.mooring.Databases;
import dev.mooring.ManagementBeans;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.ObjectUtils;

/**
 * A bean of JMX for each database, where Spring Boot has JMX ({@code spring.jmx.enabled=true}).
 * {@code mooring.jmx.enabled=false} does without.
 */
@AutoConfiguration
@ConditionalOnClass(Databases.class)
@ConditionalOnProperty(name = "spring.jmx.enabled")
public final class MooringJmxAutoConfiguration {

    /** For the application context. */
    public MooringJmxAutoConfiguration() {}

    /**
     * A listener, which {@link MooringAutoConfiguration} puts into {@link Databases}. The beans have the name of the application,
     * and one that no other context has if {@code spring.jmx.unique-names} says so.
     */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "mooring.jmx.enabled", matchIfMissing = true)
    ManagementBeans mooringManagementBeans(ApplicationContext context, Environment environment) {
        String name = environment.getProperty("spring.application.name", "application");
        boolean unique = environment.getProperty("spring.jmx.unique-names", Boolean.class, false);
        return ManagementBeans.of(unique ? name + "-" + ObjectUtils.getIdentityHexString(context) : name);
    }
}
