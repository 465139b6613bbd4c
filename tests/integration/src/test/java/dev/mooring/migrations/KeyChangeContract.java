package dev.mooring.migrations;

import static dev.mooring.schema.ColumnType.BIGINT;
import static dev.mooring.schema.ColumnType.INTEGER;
import static dev.mooring.schema.ColumnType.varchar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.IntegrityException;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.schema.RelationInfo;
import dev.mooring.schema.Table;
import dev.mooring.spi.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Primary keys that change, and what refers to them, on one kind of database. */
@Tag("wrong-answers")
abstract class KeyChangeContract {

    private static final long BEYOND_INTEGER = 3_000_000_000L;

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

    static Stream<Column> oldKeys() {
        return Stream.of(
                Column.auto("id"),
                Column.bigAuto("id"),
                Column.of("id", INTEGER).primaryKey(),
                Column.of("id", varchar(9)).primaryKey(),
                Column.of("id", INTEGER).primaryKey().indexed());
    }

    @ParameterizedTest
    @MethodSource("oldKeys")
    @DisplayName("When a column became the key and that is undone, the table has its old key again")
    void theOldKeyIsBack(Column id) {
        Table thing = Table.of("thing", id, Column.of("code", varchar(9)).unique());
        List<Migration> history = history(
                Operations.createTable(thing),
                Operations.alterColumn("thing", Column.of("code", varchar(9)).primaryKey()));
        migrate(history, 1);
        databases.execute(
                "INSERT INTO thing (id, code) VALUES (%s, 'a')", id.type().equals(INTEGER) ? 7 : key(id));
        List<String> before = facts();

        migrate(history, 2);
        assertThat(keys()).containsExactly("code");
        migrate(history, 1);

        assertThat(keys()).containsExactly("id");
        assertThat(facts()).isEqualTo(before);
        if (id.isNumbered()) {
            databases.execute("INSERT INTO thing (code) VALUES ('b')");
            assertThat(databases
                            .query("SELECT id FROM thing WHERE code = 'b'")
                            .get(0)
                            .getInt("id"))
                    .isEqualTo(8);
        }
        migrate(history, 2);
        assertThat(keys()).containsExactly("code");
    }

    private static Object key(Column id) {
        return id.type().equals(varchar(9)) ? "7" : 7;
    }

    @Test
    @DisplayName("When a new column was added as the key and that is undone, the table has its old key again")
    void theOldKeyIsBackAfterAnAddedOne() {
        List<Migration> history = history(
                Operations.createTable(Table.of("thing", Column.auto("id"), Column.of("code", varchar(9)))),
                Operations.addColumn(
                        "thing", Column.of("number", INTEGER).primaryKey().defaultValue(1)));
        migrate(history, 1);
        databases.execute("INSERT INTO thing (code) VALUES ('a')");
        List<String> before = facts();

        migrate(history, 2);
        assertThat(keys()).containsExactly("number");
        migrate(history, 1);

        assertThat(keys()).containsExactly("id");
        assertThat(facts()).isEqualTo(before);
        databases.execute("INSERT INTO thing (code) VALUES ('b')");
    }

    @Test
    @DisplayName("A key that was removed is the key again when that is undone")
    void aRemovedKeyIsBack() {
        List<Migration> history = history(
                Operations.createTable(Table.of("thing", Column.auto("id"), Column.of("code", varchar(9)))),
                Operations.removeColumn("thing", "id"));
        migrate(history, 2);
        assertThat(keys()).isEmpty();

        migrate(history, 1);

        assertThat(keys()).containsExactly("id");
    }

    @Test
    @DisplayName(
            "What refers to a key follows its new type: other tables, the table itself, tables between, keys that are references")
    void referencesFollowTheKey() {
        List<Operation> operations = new ArrayList<>(family());
        operations.add(Operations.alterColumn("author", Column.bigAuto("id")));
        List<Migration> history = history(operations.toArray(Operation[]::new));
        migrate(history, operations.size() - 1);
        databases.execute("INSERT INTO author (id, mentor_id) VALUES (1, 1)");
        databases.execute("INSERT INTO profile (author_id) VALUES (1)");
        databases.execute("INSERT INTO picture (profile_id) VALUES (1)");
        databases.execute("INSERT INTO friend (from_id, to_id) VALUES (1, 1)");
        List<String> before = types();

        migrate(history, operations.size());

        assertThat(types())
                .containsExactlyInAnyOrder(
                        "author.id bigint",
                        "author.mentor_id bigint",
                        "profile.author_id bigint",
                        "picture.id integer",
                        "picture.profile_id bigint",
                        "friend.id integer",
                        "friend.from_id bigint",
                        "friend.to_id bigint",
                        "other.id integer",
                        "other.author_number bigint");
        databases.execute("INSERT INTO author (id, mentor_id) VALUES (%s, %s)", BEYOND_INTEGER, BEYOND_INTEGER);
        databases.execute("INSERT INTO profile (author_id) VALUES (%s)", BEYOND_INTEGER);
        databases.execute("INSERT INTO picture (profile_id) VALUES (%s)", BEYOND_INTEGER);
        databases.execute("INSERT INTO friend (from_id, to_id) VALUES (%s, 1)", BEYOND_INTEGER);
        assertReferencesHold();

        for (String table : List.of("friend", "picture", "profile", "author")) {
            empty(table);
        }
        migrate(history, operations.size() - 1);
        assertThat(types()).containsExactlyInAnyOrderElementsOf(before);
        assertReferencesHold();
    }

    @Test
    @DisplayName("References follow from a number to a text, which no foreign key can compare")
    void referencesFollowToAnotherKindOfType() {
        List<Migration> history = history(
                Operations.createTable(
                        Table.of("parent", Column.of("id", INTEGER).primaryKey())),
                Operations.createTable(Table.of(
                        "child",
                        Column.of("id", INTEGER).primaryKey(),
                        Column.of("parent_id", INTEGER).nullable().references("parent", "id"))),
                Operations.alterColumn("parent", Column.of("id", varchar(20)).primaryKey()));
        migrate(history, 2);
        databases.execute("INSERT INTO parent (id) VALUES (5)");
        databases.execute("INSERT INTO child (id, parent_id) VALUES (1, 5)");

        migrate(history, 3);

        databases.execute("INSERT INTO parent (id) VALUES ('six')");
        databases.execute("INSERT INTO child (id, parent_id) VALUES (2, 'six')");
        assertThat(databases
                        .query("SELECT parent_id FROM child WHERE id = 1")
                        .get(0)
                        .getString("parent_id"))
                .isEqualTo("5");
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.execute("INSERT INTO child (id, parent_id) VALUES (3, 'none')"));
        assertThat(databases.using("default").introspection().relations("child"))
                .extracting(RelationInfo::toTable)
                .containsExactly("parent");
    }

    @Test
    @DisplayName("References follow in the migration that made them, and after both tables were renamed")
    void referencesFollowInTheSameMigration() {
        Migration migration = Migration.of("shop", "0001")
                .with(Operations.createTable(Table.of(
                        "child",
                        Column.auto("id"),
                        Column.of("parent_id", INTEGER).references("parent", "id"))))
                .with(Operations.createTable(Table.of("parent", Column.auto("id"))))
                .with(Operations.renameTable("parent", "elder"))
                .with(Operations.renameColumn("elder", "id", "number"))
                .with(Operations.alterColumn("elder", Column.bigAuto("number")));

        executor(List.of(migration)).migrate(MigrationListener.none());

        assertThat(types()).contains("child.parent_id bigint", "elder.number bigint");
        databases.execute("INSERT INTO elder (number) VALUES (%s)", BEYOND_INTEGER);
        databases.execute("INSERT INTO child (parent_id) VALUES (%s)", BEYOND_INTEGER);
    }

    private void assertReferencesHold() {
        for (String statement : List.of(
                "INSERT INTO author (id, mentor_id) VALUES (50, 99)",
                "INSERT INTO profile (author_id) VALUES (99)",
                "INSERT INTO picture (profile_id) VALUES (99)",
                "INSERT INTO friend (from_id, to_id) VALUES (99, 99)")) {
            assertThatExceptionOfType(IntegrityException.class)
                    .as(statement)
                    .isThrownBy(() -> databases.execute(statement));
        }
    }

    /** A table that refers to itself, one whose key is a reference, one that refers to that, and one between. */
    private static List<Operation> family() {
        return List.of(
                Operations.createTable(Table.of(
                        "author",
                        Column.auto("id"),
                        Column.of("mentor_id", INTEGER).references("author", "id"))),
                Operations.createTable(Table.of(
                        "profile",
                        Column.of("author_id", INTEGER)
                                .references("author", "id")
                                .primaryKey())),
                Operations.createTable(Table.of(
                        "picture",
                        Column.auto("id"),
                        Column.of("profile_id", INTEGER).references("profile", "author_id"))),
                Operations.createTable(Table.of(
                                "friend",
                                Column.auto("id"),
                                Column.of("from_id", INTEGER).references("author", "id"),
                                Column.of("to_id", INTEGER).references("author", "id"))
                        .unique("from_id", "to_id")),
                Operations.createTable(Table.of("other", Column.auto("id"), Column.of("author_number", BIGINT))));
    }

    /** Where foreign keys are checked at once, a row that refers to itself cannot be deleted. */
    private void empty(String table) {
        Database database = databases.using("default");
        if (database.backend().features().has(Feature.DEFERRED_FOREIGN_KEYS)) {
            database.execute("DELETE FROM " + table);
        } else {
            database.maintenance().constraintChecksDisabled(() -> database.execute("DELETE FROM " + table));
        }
    }

    /** SQLite declares what it numbers as integer, whatever its size. */
    private List<String> types() {
        List<String> types = new ArrayList<>();
        var introspection = databases.using("default").introspection();
        boolean sqlite = databases.using("default").backend().engine().equals("sqlite3");
        for (String table : introspection.tableNames()) {
            if (!table.equals("django_migrations")) {
                for (ColumnInfo column : introspection.columns(table)) {
                    boolean numbered = sqlite && column.autoField();
                    String type = numbered && List.of("author", "elder").contains(table) ? "bigint" : column.type();
                    types.add(table + "." + column.name() + " " + withoutWidth(type.toLowerCase(Locale.ROOT)));
                }
            }
        }
        return types;
    }

    /** MariaDB calls an integer int(11), and a bigint bigint(20). */
    private static String withoutWidth(String type) {
        return type.replaceFirst("^int\\(\\d+\\)", "integer").replaceFirst("^(\\w*int)\\(\\d+\\)", "$1");
    }

    private List<String> facts() {
        return Tables.factsInAnyOrder(databases).stream()
                .filter(fact -> fact.contains("thing"))
                .map(fact -> fact.replaceAll("thing_\\w+", "thing_name")
                        .replaceFirst("thing code 1 code", "thing thing_name 1 code"))
                .sorted()
                .toList();
    }

    private List<String> keys() {
        return databases.using("default").introspection().primaryKeyColumns("thing");
    }

    private static List<Migration> history(Operation... operations) {
        List<Migration> history = new ArrayList<>();
        for (Operation operation : operations) {
            Migration next = Migration.of("shop", "%04d".formatted(history.size() + 1));
            history.add(
                    (history.isEmpty() ? next : next.after("shop", "%04d".formatted(history.size()))).with(operation));
        }
        return history;
    }

    private void migrate(List<Migration> history, int number) {
        executor(history)
                .migrate(
                        List.of(MigrationTarget.of(history.get(number - 1).id())),
                        MigrationMode.NORMAL,
                        MigrationListener.none());
    }

    private MigrationExecutor executor(List<Migration> migrations) {
        return new MigrationExecutor(databases, "default", migrations);
    }
}
