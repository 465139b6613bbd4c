package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import dev.mooring.migrations.MigrationMode;
import dev.mooring.migrations.MigrationTarget;
import dev.mooring.migrations.Operations;
import dev.mooring.migrations.SqlMigrations;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The page docs/migrations.md")
class MigrationsPageTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    @DisplayName("has migrations that are applied and undone")
    void works(OnBothDatabases engine) {
        Migration price = Migration.of("shop", "0002_price")
                .after("shop", "0001_initial")
                .with(Operations.addColumn(
                        "product", Column.of("price", ColumnType.INTEGER).nullable()))
                .with(Operations.run(database -> database.execute("UPDATE product SET price = %s", 1), database -> {}));
        Migration initial = Migration.of("shop", "0001_initial")
                .with(Operations.createTable(Table.of("product", Column.auto("id"))));
        List<Migration> migrations = List.of(initial, price);
        try (Databases databases = engine.open(directory)) {
            MigrationExecutor executor = new MigrationExecutor(databases, "default", migrations);
            executor.migrate(MigrationListener.none());
            executor.migrate(List.of(MigrationTarget.zero("shop")), MigrationMode.NORMAL, MigrationListener.none());
            assertThat(databases.using("default").tableNames()).containsExactly("django_migrations");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("has an SQL file that is found on the class path, applied and undone")
    void files(OnBothDatabases engine) {
        List<Migration> migrations = new ArrayList<>(AuthMigrations.all());
        migrations.addAll(Shop.migrations());
        try (Databases databases = engine.open(directory)) {
            MigrationExecutor executor = new MigrationExecutor(databases, "default", migrations);
            executor.migrate(MigrationListener.none());
            assertThat(databases.query("SELECT price FROM product")).isEmpty();
            executor.migrate(List.of(MigrationTarget.zero("shop")), MigrationMode.NORMAL, MigrationListener.none());
        }
    }

    private static final class Shop {
        static List<Migration> migrations() {
            return SqlMigrations.onClassPath("shop", Shop.class.getClassLoader(), "migrations/shop");
        }
    }
}
