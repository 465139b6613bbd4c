package dev.mooring.spring.boot;

import dev.mooring.Databases;
import dev.mooring.micrometer.MooringMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * The connections of {@link Databases} as meters {@code mooring.connections}, where the application has a {@link MeterRegistry}
 * and, of several, one that counts more, such as the one that Spring Boot's actuator puts around them.
 * {@code mooring.metrics.enabled=false} does without.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({MeterRegistry.class, MooringMetrics.class})
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnProperty(name = "mooring.metrics.enabled", matchIfMissing = true)
public final class MooringMetricsAutoConfiguration {

    /** For the application context. */
    public MooringMetricsAutoConfiguration() {}

    /** A listener, which {@link MooringAutoConfiguration} puts into {@link Databases}. */
    @Bean
    @ConditionalOnMissingBean
    MooringMetrics mooringMetrics(MeterRegistry registry) {
        return MooringMetrics.of(registry);
    }
}
