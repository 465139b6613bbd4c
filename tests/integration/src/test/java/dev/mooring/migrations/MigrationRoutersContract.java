package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.DatabaseRouter;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What routers keep out of a database, on one kind of it. */
abstract class MigrationRoutersContract {

    private static final Table VISIT = table("audit_visit");
    private static final Table ITEM = table("shop_item");
    private static final Table STOCK = table("shop_stock");

    private static final List<Migration> MIGRATIONS = List.of(
            Migration.of("audit", "0001_initial")
                    .with(Operations.createTable(VISIT))
                    .with(Operations.sql(
                            "INSERT INTO audit_visit (id) VALUES (1)", "DELETE FROM audit_visit WHERE id = 1")),
            Migration.of("shop", "0001_initial")
                    .after("audit", "0001_initial")
                    .with(Operations.createTable(ITEM))
                    .with(Operations.createTable(STOCK))
                    .with(Operations.run(
                            database -> database.execute("INSERT INTO shop_item (id) VALUES (2)"),
                            database -> database.execute("DELETE FROM shop_item"))));

    private Databases databases;

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase(String alias);

    @BeforeEach
    void open() {
        databases = Databases.builder()
                .add(emptyDatabase("default"))
                .add(emptyDatabase("logs"))
                .router(new AuditInLogs())
                .build();
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    void makeOnlyTheTablesThatBelongThere() {
        migrateBoth();

        assertThat(tablesOf("default")).containsExactly("shop_item", "shop_stock");
        assertThat(tablesOf("logs")).containsExactly("audit_visit", "shop_stock");
        assertThat(databases.query("SELECT id FROM shop_item")).hasSize(1);
        assertThat(databases.using("logs").query("SELECT id FROM audit_visit")).hasSize(1);
    }

    @Test
    void areRecordedWhereTheyDidNothingToo() {
        migrateBoth();

        assertThat(executor("default").plan().isEmpty()).isTrue();
        assertThat(executor("logs").plan().isEmpty()).isTrue();
    }

    @Test
    void undoOnlyWhatTheyDid() {
        migrateBoth();

        for (String alias : databases.aliases()) {
            executor(alias)
                    .migrate(List.of(MigrationTarget.zero("audit")), MigrationMode.NORMAL, MigrationListener.none());
            assertThat(tablesOf(alias)).isEmpty();
        }
    }

    @Test
    void areFakedWhereTheTablesThatBelongThereExist() {
        databases.using("logs").execute("CREATE TABLE shop_stock (id integer PRIMARY KEY)");

        executor("logs").migrate(MigrationMode.FAKE_INITIAL, MigrationListener.none());

        assertThat(tablesOf("logs")).containsExactly("audit_visit", "shop_stock");
    }

    @Test
    void sayWhatIsLeftOutOfTheirSql() {
        List<String> sql = executor("logs").sql(MIGRATIONS.get(1), false);

        assertThat(sql)
                .contains(
                        "-- Left out, for a router does not allow it in this database: create table shop_item",
                        "-- Left out, for a router does not allow it in this database: run code")
                .noneMatch(line -> line.startsWith("CREATE TABLE " + quoted("shop_item")))
                .anyMatch(line -> line.startsWith("CREATE TABLE " + quoted("shop_stock")));
    }

    @Test
    void areAskedAboutTheNameThatATableHasAfterwards() {
        Migration rename = Migration.of("shop", "0002_store")
                .after("shop", "0001_initial")
                .with(Operations.renameTable("shop_stock", "shop_store"));
        List<Migration> all = List.of(MIGRATIONS.get(0), MIGRATIONS.get(1), rename);
        MigrationExecutor executor = new MigrationExecutor(databases, "logs", all);

        assertThat(executor.sql(rename, false)).singleElement().asString().startsWith("-- Left out");
        assertThat(executor.sql(rename, true)).singleElement().asString().contains(" TABLE " + quoted("shop_store"));
    }

    private void migrateBoth() {
        databases.aliases().forEach(alias -> executor(alias).migrate(MigrationListener.none()));
    }

    private MigrationExecutor executor(String alias) {
        return new MigrationExecutor(databases, alias, MIGRATIONS);
    }

    private List<String> tablesOf(String alias) {
        return databases.using(alias).tableNames().stream()
                .filter(name -> !name.startsWith("django_"))
                .toList();
    }

    private static Table table(String name) {
        return Table.of(name, Column.of("id", ColumnType.INTEGER).primaryKey());
    }

    /** The app "audit" is in "logs" alone; the rest is not, but for one table that is everywhere. */
    private static final class AuditInLogs implements DatabaseRouter {
        @Override
        public @Nullable Boolean allowMigrate(String alias, String app, @Nullable String table) {
            return "shop_stock".equals(table) ? null : (Boolean) (app.equals("audit") == alias.equals("logs"));
        }
    }

    private String quoted(String name) {
        return databases.using("default").backend().dialect().quoteName(name);
    }
}
