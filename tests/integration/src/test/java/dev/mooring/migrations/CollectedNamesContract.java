package dev.mooring.migrations;

import static dev.mooring.schema.ColumnType.INTEGER;
import static dev.mooring.schema.ColumnType.POSITIVE_INTEGER;
import static dev.mooring.schema.ColumnType.varchar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.UniqueConstraint;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The statements that sqlmigrate prints can be run, on one kind of database. */
@Tag("wrong-answers")
abstract class CollectedNamesContract {

    private static final Migration FIRST = Migration.of("shop", "0001")
            .with(Operations.createTable(Table.of(
                            "animal",
                            Column.auto("id"),
                            Column.of("mother_id", INTEGER).nullable().references("animal", "id"),
                            Column.of("name", varchar(20)).unique(),
                            Column.of("kind", varchar(20)).indexed(),
                            Column.of("age", POSITIVE_INTEGER))
                    .unique("name", "age")
                    .with(Index.on("kind", "age"))));

    private static final Migration SECOND = Migration.of("shop", "0002")
            .after("shop", "0001")
            .with(Operations.renameTable("animal", "beast"))
            .with(Operations.renameColumn("beast", "id", "number"))
            .with(Operations.renameColumn("beast", "mother_id", "parent_id"))
            .with(Operations.renameColumn("beast", "name", "title"))
            .with(Operations.renameColumn("beast", "kind", "sort"))
            .with(Operations.renameColumn("beast", "age", "years"));

    private final Migration third = Migration.of("shop", "0003")
            .after("shop", "0002")
            .with(Operations.removeConstraint("beast", UniqueConstraint.on("title", "years")))
            .with(Operations.removeIndex("beast", Index.on("sort", "years")))
            .with(Operations.alterColumn("beast", parentWithAnotherType()))
            .with(Operations.alterColumn("beast", Column.of("title", varchar(20))))
            .with(Operations.alterColumn("beast", Column.of("sort", varchar(20))))
            .with(Operations.alterColumn("beast", Column.of("years", INTEGER)))
            .with(Operations.renameColumn("beast", "parent_id", "mother_id"))
            .with(Operations.removeColumn("beast", "mother_id"))
            .with(Operations.addColumn(
                    "beast", Column.of("code", varchar(9)).nullable().unique()))
            .with(Operations.alterColumn("beast", Column.of("code", varchar(9)).nullable()));

    private final Migration atOnce = atOnce();

    private DatabaseSettings settings;
    private Databases databases;

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase();

    /** {@return the column parent_id with another type} */
    Column parentWithAnotherType() {
        return Column.of("parent_id", ColumnType.BIGINT).nullable().references("beast", "number");
    }

    @BeforeEach
    void open() {
        settings = emptyDatabase();
        databases = Databases.of(settings);
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    @DisplayName("What is printed after a rename in the same migration names the constraints that are there")
    void runsWhatIsPrintedAfterARename() {
        MigrationExecutor executor = executor(List.of(FIRST, atOnce));
        executor.migrate(List.of(MigrationTarget.of(FIRST.id())), MigrationMode.NORMAL, MigrationListener.none());
        List<String> printed = executor.sql(atOnce, false);

        run(printed);

        assertSameAsMigrated(List.of(FIRST, atOnce));
    }

    @Test
    @DisplayName("What is printed of a whole history that was never applied can be run in its order")
    void runsWhatIsPrintedOfANewDatabase() {
        List<Migration> history = List.of(FIRST, SECOND, third);
        MigrationExecutor executor = executor(history);
        List<List<String>> printed = history.stream()
                .map(migration -> executor.sql(migration, false))
                .toList();

        printed.forEach(this::run);

        assertSameAsMigrated(history);
    }

    @Test
    @DisplayName("What is printed to undo migrations can be run")
    void runsWhatIsPrintedToUndo() {
        MigrationExecutor executor = executor(List.of(FIRST, atOnce));
        executor.migrate(MigrationListener.none());

        run(executor.sql(atOnce, true));

        assertThat(databases.using("default").tableNames()).contains("animal").doesNotContain("beast");
    }

    @Test
    @DisplayName("What is printed of applied migrations is what a new database needs")
    void printsAppliedMigrations() {
        List<Migration> history = List.of(FIRST, SECOND, third);
        MigrationExecutor executor = executor(history);
        List<String> before = executor.sql(third, false);
        executor.migrate(MigrationListener.none());

        assertThat(executor.sql(third, false)).isEqualTo(before);
    }

    private void assertSameAsMigrated(List<Migration> history) {
        try (Databases others = Databases.of(emptyDatabase())) {
            new MigrationExecutor(others, "default", history).migrate(MigrationListener.none());

            assertThat(facts(databases)).isEqualTo(facts(others));
        }
    }

    private static List<String> facts(Databases databases) {
        return Tables.facts(databases).stream()
                .filter(fact -> !fact.contains("django_migrations"))
                .toList();
    }

    private void run(List<String> statements) {
        try (Databases others = Databases.of(settings);
                Lease lease = others.get().hold()) {
            assertThat(lease).isNotNull();
            statements.forEach(others::execute);
        }
    }

    private Migration atOnce() {
        Migration migration = Migration.of("shop", "0002_at_once").after("shop", "0001");
        for (Migration part : List.of(SECOND, third)) {
            for (Operation operation : part.operations()) {
                migration = migration.with(operation);
            }
        }
        return migration;
    }

    private MigrationExecutor executor(List<Migration> migrations) {
        return new MigrationExecutor(databases, "default", migrations);
    }
}
