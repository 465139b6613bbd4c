package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.micrometer.MooringMetrics;
import dev.mooring.spring.Engine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayName("The meters of a Spring Boot application")
class MooringMetricsAutoConfigurationTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withPropertyValues("mooring.databases.default.url=" + Engine.SQLITE.newDatabase())
            .withConfiguration(
                    AutoConfigurations.of(MooringAutoConfiguration.class, MooringMetricsAutoConfiguration.class));

    @Test
    @DisplayName("have the connections, from its start to its end")
    void meters() {
        runner.withBean(MeterRegistry.class, () -> meters).run(context -> {
            context.getBean(Databases.class).query("SELECT 1");
            assertThat(meters.get("mooring.connections")
                            .tags("alias", "default")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(meters.get("mooring.connections.creation").timer().count())
                    .isEqualTo(1);
        });
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    @DisplayName("are the application's own if it has a MooringMetrics")
    void ownBean() {
        runner.withUserConfiguration(Own.class)
                .run(context ->
                        assertThat(context).getBean(MooringMetrics.class).isSameAs(context.getBean("ownMetrics")));
    }

    @Test
    @DisplayName("are not there without a registry, without Micrometer, and if they are switched off")
    void absent() {
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MooringMetrics.class));
        runner.withBean(MeterRegistry.class, () -> meters)
                .withPropertyValues("mooring.metrics.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MooringMetrics.class));
        runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Databases.class));
    }

    @Test
    @DisplayName("are not there with several registries of which none counts more")
    void severalRegistries() {
        runner.withBean("one", MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("other", MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MooringMetrics.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        MooringMetrics ownMetrics(MeterRegistry registry) {
            return MooringMetrics.of(registry);
        }
    }
}
