package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.Operations;
import dev.mooring.spring.AtomicTransactionManager;
import dev.mooring.spring.Engine;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The Java of {@code docs/spring.md}. */
@DisplayName("The page about Spring")
class SpringPageTest {

    @Test
    @DisplayName("shows a service whose transaction is one, with its hook")
    void service() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MooringAutoConfiguration.class,
                        MooringDataSourceAutoConfiguration.class,
                        MooringMigrationAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .withPropertyValues("spring.datasource.url=" + Engine.SQLITE.newDatabase())
                .run(context -> {
                    Databases databases = context.getBean(Databases.class);
                    databases.execute("CREATE TABLE stock (item integer, pieces integer)");
                    databases.execute("CREATE TABLE sale (item integer NOT NULL CHECK (item < 10))");
                    databases.execute("INSERT INTO stock VALUES (7, 3)");
                    databases.execute("INSERT INTO stock VALUES (70, 3)");

                    context.getBean(Shop.class).sell(7);
                    assertThatThrownBy(() -> context.getBean(Shop.class).sell(70))
                            .isNotNull();

                    assertThat(databases.query(Integer.class, "SELECT pieces FROM stock ORDER BY item"))
                            .containsExactly(2, 3);
                    assertThat(context.getBean(Audit.class).items()).containsExactly(7);
                    assertThat(databases.query("SELECT * FROM shelf")).isEmpty();
                });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @Import({Shop.class, Audit.class})
    static class Application {

        @Bean
        PlatformTransactionManager transactionManager(Databases databases) {
            return new AtomicTransactionManager(databases);
        }

        @Bean
        MigrationSource shelves() {
            return () -> List.of(Migration.of("shelves", "0001_initial")
                    .with(Operations.sql("CREATE TABLE shelf (id integer PRIMARY KEY)")));
        }
    }
}
