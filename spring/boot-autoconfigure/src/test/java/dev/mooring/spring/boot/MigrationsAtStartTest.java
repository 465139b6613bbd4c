package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.Operations;
import dev.mooring.spring.Engine;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@DisplayName("Migrations at start")
class MigrationsAtStartTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(MooringAutoConfiguration.class, MooringMigrationAutoConfiguration.class))
            .withPropertyValues("spring.datasource.url=" + Engine.SQLITE.newDatabase());

    @Test
    @DisplayName("are those of folders and of beans, and applied before beans that need the tables")
    void applied() {
        runner.withUserConfiguration(Shop.class)
                .withPropertyValues("mooring.migrations.apps.shop=migrations/shop")
                .run(context -> {
                    assertThat(context.getBean(Integer.class)).isZero();
                    assertThat(context.getBean(Databases.class)
                                    .query(Integer.class, "SELECT count(*) FROM shelf")
                                    .one())
                            .isZero();
                });
    }

    @Test
    @DisplayName("can be switched off")
    void switchedOff() {
        runner.withPropertyValues("mooring.migrations.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(MigrationsAtStart.class));
    }

    @Configuration(proxyBeanMethods = false)
    @Import(DatabaseInitializationDependencyConfigurer.class)
    static class Shop {

        @Bean
        @DependsOnDatabaseInitialization
        Integer itemsAtStart(Databases databases) {
            return databases.query(Integer.class, "SELECT count(*) FROM item").one();
        }

        @Bean
        MigrationSource shelves() {
            return () -> List.of(Migration.of("shelves", "0001_initial")
                    .with(Operations.sql("CREATE TABLE shelf (id integer PRIMARY KEY)")));
        }
    }
}
