package dev.mooring.observing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.ManagementBeans;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The beans of JMX")
class ManagementBeansTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    private Path directory;

    @AfterEach
    void leavesNone() throws JMException {
        assertThat(names()).isEmpty();
    }

    @Test
    @DisplayName("have the figures of each alias, until the databases are closed")
    void figures() throws JMException {
        try (Databases databases = Databases.builder()
                .add(settings("default"))
                .add(settings("archive").toBuilder().maxConnectionsUnlimited().build())
                .listener(ManagementBeans.of("shop"))
                .build()) {
            ObjectName name = new ObjectName("dev.mooring:type=Database,application=shop,alias=default");
            assertThat(names())
                    .containsExactlyInAnyOrder(
                            name, new ObjectName("dev.mooring:type=Database,application=shop,alias=archive"));

            databases.query("SELECT 1");
            databases.query("SELECT 1");
            assertThat(attribute(name, "ActiveConnections")).isEqualTo(0);
            assertThat(attribute(name, "IdleConnections")).isEqualTo(1);
            try (Lease held = databases.get().hold()) {
                assertThat(attribute(name, "ActiveConnections")).isEqualTo(1);
                assertThat(attribute(name, "IdleConnections")).isEqualTo(0);
                assertThat((String[]) attribute(name, "Holders"))
                        .singleElement()
                        .asString()
                        .contains(Thread.currentThread().getName());
            }
            assertThat(attribute(name, "MaximumPoolSize")).isEqualTo(10);
            assertThat(attribute(name, "Opened")).isEqualTo(1L);
            assertThat(attribute(name, "Reused")).isEqualTo(2L);
            String[] all = Arrays.stream(server.getMBeanInfo(name).getAttributes())
                    .map(MBeanAttributeInfo::getName)
                    .toArray(String[]::new);
            assertThat(server.getAttributes(name, all).asList())
                    .hasSize(15)
                    .extracting(Attribute::getValue)
                    .doesNotContainNull();
            assertThat(attribute(
                            new ObjectName("dev.mooring:type=Database,application=shop,alias=archive"),
                            "MaximumPoolSize"))
                    .isEqualTo(-1);
        }
    }

    @Test
    @DisplayName("of two applications are told apart; the same name twice is an error and leaves the first ones alone")
    void applications() throws JMException {
        Databases shop = databases("shop");
        Databases other = databases("a \"b\", c=*");
        assertThat(names()).hasSize(2);

        assertThatThrownBy(() -> databases("shop"))
                .isInstanceOf(ImproperlyConfiguredException.class)
                .hasMessageContaining("database 'default'")
                .hasMessageContaining("application 'shop' already")
                .hasMessageContaining("Give each application in this JVM a name of its own");
        assertThat(names()).hasSize(2);
        other.close();
        shop.close();
        Databases again = databases("shop");
        shop.close();
        assertThat(names()).hasSize(1);
        again.close();
        assertThatThrownBy(() -> ManagementBeans.of(" "))
                .isInstanceOf(ImproperlyConfiguredException.class)
                .hasMessageContaining("blank");
    }

    @Test
    @DisplayName("are not there unless asked for")
    void notAsked() throws JMException {
        try (Databases databases = Databases.of(settings("default"))) {
            databases.query("SELECT 1");
            assertThat(names()).isEmpty();
        }
    }

    private Databases databases(String application) {
        return Databases.builder()
                .add(settings("default"))
                .listener(ManagementBeans.of(application))
                .build();
    }

    private DatabaseSettings settings(String alias) {
        return DatabaseSettings.fromUrl(alias, "sqlite:///" + directory.resolve(alias + ".db"));
    }

    private Object attribute(ObjectName name, String attribute) throws JMException {
        return server.getAttribute(name, attribute);
    }

    private Set<ObjectName> names() throws JMException {
        return server.queryNames(new ObjectName("dev.mooring:*"), null);
    }
}
