package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.schema.CheckConstraint;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.UniqueConstraint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forwards, backwards and pretended, on one kind of database. */
abstract class MigrationTargetsContract {

    private static final Index NAMED = Index.on("name").named("product_name");

    private Databases databases;

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase();

    @BeforeEach
    void open() {
        databases = Databases.of(emptyDatabase());
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    void undoEachOperation() {
        List<Migration> history = history();
        List<List<String>> states = new ArrayList<>();
        for (Migration migration : history) {
            states.add(columnsAndTables());
            go(history, MigrationTarget.of(migration.id()));
        }
        List<String> end = columnsAndTables();

        for (int i = history.size() - 1; i > 0; i--) {
            assertThat(go(history, MigrationTarget.of(history.get(i - 1).id()))).containsExactly(history.get(i));
            assertThat(columnsAndTables()).as("after undoing " + history.get(i)).isEqualTo(states.get(i));
        }
        go(history, MigrationTarget.zero("shop"));
        assertThat(databases.using("default").tableNames()).containsExactly("django_migrations");
        executor(history).migrate(MigrationListener.none());
        assertThat(columnsAndTables()).isEqualTo(end);
    }

    @Test
    void undoNothingIfSomethingCannotBeUndone() {
        List<Migration> history = new ArrayList<>(history().subList(0, 2));
        history.add(Migration.of("shop", "0003_rows")
                .after("shop", history.get(1).id().name())
                .with(Operations.run(database -> {})));
        history.add(Migration.of("shop", "0004_more").after("shop", "0003_rows"));
        executor(history).migrate(MigrationListener.none());

        assertThatExceptionOfType(IrreversibleException.class)
                .isThrownBy(() -> go(history, MigrationTarget.zero("shop")))
                .withMessageContainingAll("shop.0003_rows", "run code");
        assertThat(executor(history).load().applied()).hasSize(4);
    }

    @Test
    void onlyRecordWhatIsFaked() {
        List<Migration> history = history();
        List<String> heard = new ArrayList<>();
        MigrationListener listener = new MigrationListener() {
            @Override
            public void faked(Migration migration) {
                heard.add(migration.toString());
            }
        };

        executor(history).migrate(MigrationMode.FAKE, listener);

        assertThat(heard).hasSize(history.size());
        assertThat(executor(history).plan().isEmpty()).isTrue();
        assertThat(databases.using("default").tableNames()).containsExactly("django_migrations");
        executor(history).migrate(List.of(MigrationTarget.zero("shop")), MigrationMode.FAKE, listener);
        assertThat(executor(history).load().applied()).isEmpty();
    }

    @Test
    void fakeAnInitialMigrationWhoseTablesAreThere() {
        List<Migration> history = history().subList(0, 1);
        Migration first = history.get(0);
        databases.execute("CREATE TABLE maker (id integer)");
        databases.execute("CREATE TABLE product (id integer, name varchar(20), more integer)");

        assertThatExceptionOfType(DatabaseException.class)
                .as("a column is missing")
                .isThrownBy(() -> executor(history).migrate(MigrationMode.FAKE_INITIAL, MigrationListener.none()));
        databases.execute("ALTER TABLE product ADD COLUMN maker_id integer");

        assertThat(executor(history).migrate(MigrationMode.FAKE_INITIAL, MigrationListener.none()))
                .containsExactly(first);
        assertThat(databases.query("SELECT more FROM product")).isEmpty();
    }

    @Test
    void keepWhatAMigrationInNoTransactionDidBeforeItFailed() {
        List<Migration> history = List.of(Migration.of("shop", "0001_initial")
                .nonAtomic()
                .with(Operations.sql("CREATE TABLE IF NOT EXISTS half (id integer)"))
                .with(Operations.sql("INSERT INTO nowhere VALUES (1)", "")));

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> executor(history).migrate(MigrationListener.none()))
                .withMessageContaining("SQL of migration shop.0001_initial:1: ")
                .withMessageContaining("nowhere");
        assertThat(databases.using("default").tableNames()).contains("half");
        assertThat(executor(history).load().applied()).isEmpty();
    }

    @Test
    void recordAllThatASquashStandsFor() {
        Migration squash = Migration.of("shop", "0001_squashed")
                .replacing("shop", "0001_old")
                .replacing("shop", "0002_old");
        List<Migration> old = List.of(
                Migration.of("shop", "0001_old"),
                Migration.of("shop", "0002_old").after("shop", "0001_old"));
        List<Migration> all = new ArrayList<>(old);
        all.add(squash);

        executor(all).migrate(MigrationListener.none());
        assertThat(names()).containsExactly("0001_old", "0002_old", "0001_squashed");
        go(all, MigrationTarget.zero("shop"));
        assertThat(names()).isEmpty();

        executor(old).migrate(MigrationListener.none());
        assertThat(executor(all).migrate(MigrationListener.none())).isEmpty();
        assertThat(names()).containsExactly("0001_old", "0002_old", "0001_squashed");
    }

    @Test
    void bearWithAMigrationThatIsRecordedTwice() {
        List<Migration> history = history().subList(0, 1);
        executor(history).migrate(MigrationListener.none());
        databases.execute("INSERT INTO django_migrations (app, name, applied)"
                + " SELECT app, name, applied FROM django_migrations");

        assertThat(executor(history).plan().isEmpty()).isTrue();
        go(history, MigrationTarget.zero("shop"));
        assertThat(names()).isEmpty();
    }

    @Test
    void sayThatTheLedgerIsMissingWhereItCannotBeCreated() {
        databases.execute("CREATE VIEW django_migrations AS SELECT 1 AS id, 'shop' AS app, 'x' AS name");

        assertThatExceptionOfType(MigrationSchemaMissingException.class)
                .isThrownBy(() -> executor(history()).migrate(MigrationListener.none()))
                .withMessageContainingAll("'default'", "django_migrations")
                .withCauseInstanceOf(DatabaseException.class);
    }

    @Test
    void tellHowLongAMigrationTook() {
        List<Duration> times = new ArrayList<>();
        executor(history().subList(0, 1)).migrate(new MigrationListener() {
            @Override
            public void applied(Migration migration, Duration elapsed) {
                times.add(elapsed);
            }
        });

        assertThat(times).hasSize(1).allMatch(time -> time.compareTo(Duration.ZERO) > 0);
    }

    @Test
    void writeTheStatementsDownInsteadOfRunningThem() {
        List<Migration> history = history();
        Migration last = Migration.of("shop", "9999_code").with(Operations.run(database -> {
            throw new MustNotRun();
        }));
        List<Migration> all = new ArrayList<>(history);
        all.add(last.after("shop", history.get(history.size() - 1).id().name()));

        MigrationExecutor executor = executor(all);

        assertThat(executor.sql(history.get(0), false).get(0))
                .startsWith("CREATE TABLE")
                .endsWith(";");
        assertThat(executor.sql(history.get(0), true)).hasSize(2).allMatch(sql -> sql.startsWith("DROP TABLE"));
        assertThat(executor.sql(all.get(all.size() - 1), false)).containsExactly("-- Code runs here that is not SQL.");
        assertThat(databases.using("default").tableNames()).isEmpty();
    }

    private static final class MustNotRun extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static List<Migration> history() {
        Column name = Column.of("name", ColumnType.varchar(20));
        UniqueConstraint unique = UniqueConstraint.on("name", "price").named("product_once");
        return List.of(
                Migration.of("shop", "0001_initial")
                        .with(Operations.createTable(Table.of(
                                "maker", Column.of("id", ColumnType.INTEGER).primaryKey())))
                        .with(Operations.createTable(Table.of(
                                "product",
                                Column.of("id", ColumnType.INTEGER).primaryKey(),
                                Column.of("maker_id", ColumnType.INTEGER).references("maker", "id"),
                                name))),
                step(
                        2,
                        1,
                        Operations.addColumn(
                                "product",
                                Column.of("price", ColumnType.INTEGER).nullable())),
                step(3, 2, Operations.alterColumn("product", Column.of("name", ColumnType.varchar(200)))),
                step(4, 3, Operations.addIndex("product", NAMED)),
                step(5, 4, Operations.renameIndex("product", NAMED, "by_name")),
                step(6, 5, Operations.addConstraint("product", unique)),
                step(7, 6, Operations.addConstraint("product", new CheckConstraint("not_free", "price > 0"))),
                step(8, 7, Operations.removeConstraint("product", unique)),
                step(9, 8, Operations.removeIndex("product", NAMED.named("by_name"))),
                step(10, 9, Operations.renameColumn("maker", "id", "number")),
                step(11, 10, Operations.renameTable("maker", "manufacturer")),
                step(12, 11, Operations.removeColumn("product", "name")),
                step(13, 12, Operations.createTable(Table.of("note", Column.auto("id")))),
                step(14, 13, Operations.dropTable("note")),
                step(15, 14, Operations.sql("CREATE TABLE plain (id integer);", "DROP TABLE plain")));
    }

    private static Migration step(int number, int previous, Operation operation) {
        Migration migration = Migration.of("shop", name(number)).with(operation);
        return migration.after("shop", name(previous));
    }

    private static String name(int number) {
        return number == 1 ? "0001_initial" : "%04d_step".formatted(number);
    }

    private List<Migration> go(List<Migration> history, MigrationTarget target) {
        return executor(history).migrate(List.of(target), MigrationMode.NORMAL, MigrationListener.none());
    }

    /** {@return what there is, in no order: a column that comes back comes last} */
    private List<String> columnsAndTables() {
        List<String> facts = new ArrayList<>();
        for (String table : databases.using("default").tableNames()) {
            try (Cursor cursor = databases.get().cursor()) {
                cursor.execute("SELECT * FROM " + table + " WHERE 1 = 0");
                cursor.columnNames().forEach(column -> facts.add(table + "." + column));
            }
            databases.using("default").introspection().constraints(table).stream()
                    .filter(constraint -> !constraint.name().startsWith("__")
                            && !constraint.name().startsWith("fk_"))
                    .forEach(constraint -> facts.add(table + " " + constraint.columns() + constraint.unique()
                            + constraint.check() + constraint.index()));
        }
        facts.removeIf(fact -> fact.startsWith("django_migrations"));
        return facts.stream().sorted().toList();
    }

    private List<String> names() {
        return databases.query("SELECT name FROM django_migrations ORDER BY id").stream()
                .map(row -> row.getString("name"))
                .toList();
    }

    private MigrationExecutor executor(List<Migration> migrations) {
        return new MigrationExecutor(databases, "default", migrations);
    }
}
