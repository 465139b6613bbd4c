package dev.mooring.spring.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.Operations;
import dev.mooring.spring.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;

@DisplayName("Migrations at start")
class MigrationsAtStartTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MooringAutoConfiguration.class,
                    MooringDataSourceAutoConfiguration.class,
                    MooringMigrationAutoConfiguration.class))
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
    @DisplayName("leave the configured database alone where a test has put an embedded one in the place of ours")
    void replaced() {
        EmbeddedDatabase embedded = new NoDatabase();
        runner.withBean(
                        Databases.class,
                        () -> Databases.of(JdbcUrl.settings("default", Engine.SQLITE.newDatabase())
                                .build()))
                .withBean(DataSource.class, () -> embedded)
                .withPropertyValues(
                        "mooring.migrations.apps.shop=migrations/shop", "spring.test.database.replace=AUTO_CONFIGURED")
                .run(context -> assertThat(context.getBean(Databases.class).query("SELECT name FROM sqlite_master"))
                        .isEmpty());
    }

    @Test
    @DisplayName("are applied beside an embedded database of the application's own")
    void besideEmbedded() {
        runner.withBean(DataSource.class, NoDatabase::new)
                .withPropertyValues(
                        "mooring.databases.default.url=" + Engine.SQLITE.newDatabase(),
                        "mooring.migrations.apps.shop=migrations/shop")
                .run(context -> assertThat(context.getBean(Databases.class)
                                .using("default")
                                .tableNames())
                        .contains("item"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase",
                "org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase"
            })
    @DisplayName("and the data source are part of the tests of a slice, in both generations of Spring Boot")
    void slices(String annotation) throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/META-INF/spring/" + annotation + ".imports")) {
            assertThat(new String(requireNonNull(file).readAllBytes(), UTF_8).lines())
                    .contains(
                            MooringAliasesAutoConfiguration.class.getName(),
                            MooringAutoConfiguration.class.getName(),
                            MooringDataSourceAutoConfiguration.class.getName(),
                            MooringMigrationAutoConfiguration.class.getName(),
                            MooringTransactionAutoConfiguration.class.getName());
        }
    }

    private static final class NoDatabase extends AbstractDataSource implements EmbeddedDatabase {

        @Override
        public Connection getConnection() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Connection getConnection(String username, String password) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void shutdown() {}
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
