package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.ManagementBeans;
import dev.mooring.spring.Engine;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@DisplayName("The JMX beans of a Spring Boot application")
class MooringJmxAutoConfigurationTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withPropertyValues(
                    "mooring.databases.default.url=" + Engine.SQLITE.newDatabase(), "spring.application.name=jmx-test")
            .withConfiguration(
                    AutoConfigurations.of(MooringAutoConfiguration.class, MooringJmxAutoConfiguration.class));

    private Set<ObjectName> beans() throws MalformedObjectNameException {
        return server.queryNames(new ObjectName("dev.mooring:type=Database,*"), null);
    }

    @Test
    @DisplayName("are there from its start to its end, if Spring Boot has JMX")
    void present() throws Exception {
        runner.withPropertyValues("spring.jmx.enabled=true").run(context -> {
            context.getBean(Databases.class).query("SELECT 1");
            ObjectName name = new ObjectName("dev.mooring:type=Database,application=jmx-test,alias=default");
            assertThat(server.getAttribute(name, "TotalConnections")).isEqualTo(1);
        });
        assertThat(beans()).isEmpty();
    }

    @Test
    @DisplayName("have names of their own in two contexts of one application, if unique names are wanted")
    void uniqueNames() {
        ApplicationContextRunner unique =
                runner.withPropertyValues("spring.jmx.enabled=true", "spring.jmx.unique-names=true");
        unique.run(one -> unique.run(other -> {
            assertThat(other).hasNotFailed();
            assertThat(beans()).hasSize(2);
        }));
    }

    @Test
    @DisplayName("are not there by default, nor if they are switched off")
    void absent() {
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ManagementBeans.class));
        runner.withPropertyValues("spring.jmx.enabled=true", "mooring.jmx.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ManagementBeans.class));
    }
}
