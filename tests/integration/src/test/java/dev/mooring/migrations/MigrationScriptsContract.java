package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ProgrammingException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How migrations that are written as SQL are run, on one kind of database. */
@Tag("wrong-answers")
@SuppressWarnings("StringConcatToTextBlock") // The line ends are what is tested.
abstract class MigrationScriptsContract {

    @TempDir
    private Path scripts;

    Databases databases;

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
    @DisplayName("A comment that says 'reverse' cuts no statement, in a file or in Java")
    void cutsNoStatementAtAComment() throws IOException {
        String script = "CREATE TABLE %s (id integer);\nINSERT INTO %s VALUES (1), (2), (3);\n"
                + "DELETE FROM %s -- reverse\nWHERE id = 1;\nDELETE FROM %s\n-- reverse\nWHERE id = 2;\n"
                + "-- reverse\nDROP TABLE %s;\n";
        write("0001_initial.sql", script.replace("%s", "a"));
        List<Migration> migrations = List.of(
                files().get(0), Migration.of("java", "0001_initial").with(Operations.sql(script.replace("%s", "b"))));
        MigrationExecutor executor = executor(migrations);

        executor.migrate(MigrationListener.none());

        assertThat(databases.query("SELECT id FROM a").toString()).contains("3").doesNotContain("1", "2");
        assertThat(databases.query("SELECT id FROM b")).hasSize(1);

        executor.migrate(
                List.of(MigrationTarget.zero("shop"), MigrationTarget.zero("java")),
                MigrationMode.NORMAL,
                MigrationListener.none());
        assertThat(databases.using("default").tableNames()).containsExactly("django_migrations");
    }

    @Test
    @DisplayName("A line that is nearly '-- reverse' is an error before anything runs, in a file and in Java")
    void runsNothingWhereTheMarkerIsNearlyRight() throws IOException {
        String script = "CREATE TABLE a (id integer);\n-- Reverse:\nDROP TABLE a;\n";
        write("0001_initial.sql", script);

        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> executor(files()))
                .withMessageContainingAll("0001_initial.sql:2: ", "-- reverse");
        for (Operation operation :
                List.of(Operations.sql(script), Operations.sql(script, ""), Operations.sql("SELECT 1", script))) {
            assertThatExceptionOfType(BadMigrationException.class)
                    .isThrownBy(() ->
                            executor(List.of(Migration.of("shop", "0002_more").with(operation))))
                    .withMessageContainingAll("SQL of migration shop.0002_more:2: ", "-- reverse");
        }
        assertThat(databases.using("default").tableNames()).isEmpty();
    }

    @Test
    @DisplayName("A statement that is refused before it is sent is named by file or migration, and line")
    void namesThePlaceOfWhatIsNotSent() throws IOException {
        String script = "SELECT 1;\n\nSELECT {fn now()};";
        write("0001_initial.sql", script);

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> executor(files()).migrate(MigrationListener.none()))
                .withMessageContainingAll("0001_initial.sql:3: ", "JDBC escape");
        MigrationExecutor inJava =
                executor(List.of(Migration.of("java", "0001_initial").with(Operations.sql(script))));
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> inJava.migrate(MigrationListener.none()))
                .withMessageStartingWith("SQL of migration java.0001_initial:3: ")
                .withMessageContaining("JDBC escape");
    }

    @Test
    @DisplayName("A setting below the first statement, or in Java, is an error that says where it belongs")
    void refusesSettingsInTheWrongPlace() throws IOException {
        for (String setting : List.of(
                "-- atomic: false",
                "--Atomic:FALSE",
                "--- atomic: false",
                "/* atomic: false */",
                "-- depends: a.0001_initial, b.__first__",
                "-- Initial = true",
                "-- replaces a.0001_initial",
                "-- no transaction")) {
            if (databases.using("default").backend().dialect().syntax().hasStatement(setting)) {
                // Hyphens without a blank behind them are signs.
                continue;
            }
            for (String script : List.of(
                    "SELECT 1;\n" + setting + "\n",
                    "SELECT\n" + setting + "\n1;",
                    "SELECT 1;\n-- reverse\n" + setting + "\nSELECT 2;")) {
                write("0001_initial.sql", script);
                assertThatExceptionOfType(BadMigrationException.class)
                        .as(script)
                        .isThrownBy(() -> executor(files()))
                        .withMessageContainingAll("0001_initial.sql:", "move this line to the top");
            }
            for (Operation operation : List.of(
                    Operations.sql(setting + "\nSELECT 1"),
                    Operations.sql("SELECT 1;\n" + setting),
                    Operations.sql("SELECT 1", setting))) {
                assertThatExceptionOfType(BadMigrationException.class)
                        .as(setting)
                        .isThrownBy(() -> executor(
                                List.of(Migration.of("shop", "0002_more").with(operation))))
                        .withMessageContainingAll("SQL of migration shop.0002_more:", "nonAtomic()");
            }
        }
    }

    @Test
    @DisplayName("Comments that only speak of settings, and texts of that form, are left alone")
    void leavesOtherCommentsAlone() throws IOException {
        write(
                "0001_initial.sql",
                "SELECT 1; -- atomic: false\n"
                        + "-- initial: load of the shop\n"
                        + "-- depends on nothing else\n"
                        + "-- note: see above\n"
                        + "-- Atomic: this runs in one transaction\n"
                        + "SELECT '\n"
                        + "-- atomic: false\n"
                        + "';");

        executor(files()).migrate(MigrationListener.none());

        assertThat(new MigrationLedger(databases, "default").applied()).hasSize(1);
    }

    @Test
    @DisplayName("What code and SQL set in the session is gone when the next migration begins, and for everyone after")
    void beginsEachMigrationWithAFreshSession() {
        String temporary = "CREATE TEMPORARY TABLE note (id integer)";
        List<Migration> migrations = List.of(
                Migration.of("a", "0001_sets").with(Operations.sql(temporary)),
                Migration.of("a", "0002_sets").after("a", "0001_sets").with(Operations.sql(temporary)),
                Migration.of("a", "0003_sets")
                        .after("a", "0002_sets")
                        .nonAtomic()
                        .with(Operations.sql(temporary)),
                Migration.of("a", "0004_sets")
                        .after("a", "0003_sets")
                        .with(Operations.run(database -> database.execute(temporary))),
                Migration.of("a", "0005_fails")
                        .after("a", "0004_sets")
                        .with(Operations.sql(temporary + "; SELECT nothing")));

        try (var unit = databases.unitOfWork()) {
            assertThatExceptionOfType(DatabaseException.class)
                    .isThrownBy(() -> executor(migrations).migrate(MigrationListener.none()))
                    .withMessageContaining("SQL of migration a.0005_fails:1: ");
            assertThat(unit).isNotNull();
            databases.execute(temporary);
        }
        assertThat(new MigrationLedger(databases, "default").applied()).hasSize(4);
    }

    @Test
    @DisplayName(
            "A migration that is not atomic may have its own BEGIN and COMMIT, and what fails between is rolled back")
    void runsTransactionsOfItsOwn() throws IOException {
        write(
                "0001_initial.sql",
                "-- atomic: false\nCREATE TABLE a (id integer);\nBEGIN;\nINSERT INTO a VALUES (1);\n"
                        + "COMMIT;\nBEGIN TRANSACTION;\nINSERT INTO a VALUES (2);\nSELECT nothing;\nEND;\n");

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> executor(files()).migrate(MigrationListener.none()))
                .withMessageContaining("0001_initial.sql:8: ");
        assertThat(databases.query("SELECT id FROM a")).hasSize(1);
    }

    @Test
    @DisplayName("Code that leaves a transaction open fails its migration, which is not recorded without what it did")
    void refusesATransactionThatIsLeftOpen() {
        databases.execute("CREATE TABLE a (id integer)");
        for (Operation operation : List.of(
                Operations.run(database -> {
                    database.execute("BEGIN");
                    database.execute("INSERT INTO a VALUES (1)");
                }),
                Operations.run(database -> {
                    database.transaction().setAutocommit(false);
                    database.execute("INSERT INTO a VALUES (1)");
                }))) {
            Migration migration =
                    Migration.of("shop", "0001_initial").nonAtomic().with(operation);
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> executor(List.of(migration)).migrate(MigrationListener.none()))
                    .withMessageContainingAll("shop.0001_initial", "'default'", "open");
        }

        assertThat(databases.query("SELECT id FROM a")).isEmpty();
        assertThat(new MigrationLedger(databases, "default").applied()).isEmpty();
        databases.execute("INSERT INTO a VALUES (2)");
        assertThat(databases.query("SELECT id FROM a")).hasSize(1);
    }

    @Test
    @DisplayName("Other statements about transactions are refused with what to write")
    void refusesOtherTransactions() {
        for (String script : List.of(
                "BEGIN; SELECT 1",
                "COMMIT",
                "BEGIN; BEGIN; COMMIT",
                "BEGIN; ROLLBACK",
                "BEGIN; SAVEPOINT a; COMMIT",
                "BEGIN; COMMIT AND CHAIN",
                "ABORT",
                "PREPARE TRANSACTION 'x'",
                "BEGIN ISOLATION LEVEL SERIALIZABLE; COMMIT")) {
            Migration migration = Migration.of("a", "0001_x").with(Operations.sql(script));
            assertThatExceptionOfType(BadMigrationException.class)
                    .as(script)
                    .isThrownBy(() -> executor(List.of(migration.nonAtomic())));
            assertThatExceptionOfType(BadMigrationException.class)
                    .as(script)
                    .isThrownBy(() -> executor(List.of(migration)))
                    .withMessageContaining("'-- atomic: false' at the top, or nonAtomic() in Java");
        }
    }

    @Test
    @DisplayName("A new migration that is called like one that a squash replaced is an error, as in Django")
    void refusesTheNameOfAReplacedMigration() {
        Migration first = Migration.of("shop", "0016_first");
        Migration squash = Migration.of("shop", "0001_squashed")
                .replacing("shop", "0016_first")
                .replacing("shop", "0017_alter");
        Migration later = Migration.of("shop", "0017_alter")
                .after("shop", "0001_squashed")
                .with(Operations.sql("SELECT 1"));
        executor(List.of(squash)).migrate(MigrationListener.none());

        assertThatExceptionOfType(CircularDependencyException.class)
                .isThrownBy(() -> executor(List.of(squash, later)))
                .withMessageContainingAll("shop.0017_alter", "shop.0001_squashed", "give it another name");
        assertThatExceptionOfType(CircularDependencyException.class)
                .isThrownBy(() -> executor(List.of(squash, later, first)));
        assertThatExceptionOfType(CircularDependencyException.class)
                .isThrownBy(() -> executor(List.of(
                        squash,
                        Migration.of("shop", "0018_more").after("shop", "0001_squashed"),
                        Migration.of("shop", "0017_alter").after("shop", "0018_more"))));
    }

    @Test
    @DisplayName("A table that SQL has made is explained when Java is to change it, and can be declared")
    void explainsTablesThatSqlHasMade() {
        Table table = Table.of("p", Column.auto("id"));
        Migration made = Migration.of("shop", "0001_initial").with(Operations.sql("CREATE TABLE p (id integer)"));
        Migration change = Migration.of("shop", "0002_price")
                .after("shop", "0001_initial")
                .with(Operations.addColumn(
                        "p", Column.of("price", ColumnType.INTEGER).nullable()));

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> executor(List.of(made, change)).migrate(MigrationListener.none()))
                .withMessageContainingAll("shop.0002_price", "add column price to p", "stateOnly");

        Migration declared = made.with(Operations.stateOnly(Operations.createTable(table)));
        executor(List.of(declared, change)).migrate(MigrationListener.none());
        assertThat(databases.query("SELECT id, price FROM p")).isEmpty();
    }

    MigrationExecutor executor(List<Migration> migrations) {
        return new MigrationExecutor(databases, "default", migrations);
    }

    void write(String file, String text) throws IOException {
        Files.writeString(scripts.resolve(file), text);
    }

    List<Migration> files() {
        return SqlMigrations.inDirectory("shop", scripts);
    }
}
