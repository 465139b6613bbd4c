package dev.mooring.schema;

import static dev.mooring.schema.ColumnType.INTEGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.NotSupportedException;
import dev.mooring.error.ProgrammingException;
import dev.mooring.migrations.SchemaEditor;
import dev.mooring.spi.Feature;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of constraints when a column is removed or renamed that they name, on one kind of database. */
@Tag("wrong-answers")
abstract class ColumnRemovalContract {

    private static final CheckConstraint RANGE = new CheckConstraint("range", "\"low\" > 0 AND \"high\" < 100");
    private static final Table ITEM = Table.of(
            "item",
            Column.auto("id"),
            Column.of("low", INTEGER),
            Column.of("high", INTEGER),
            Column.of("word", ColumnType.varchar(20)));

    private Databases databases;
    private Database database;

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase();

    @BeforeEach
    void open() {
        databases = Databases.of(emptyDatabase());
        database = databases.using("default");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    @DisplayName("A column that a check names is not removed, and the error names the check")
    void refusesAColumnOfACheck() {
        Table item = ITEM.with(RANGE);
        create(item);

        assertThatThrownBy(() -> change(editor -> editor.removeColumn(item, "high")))
                .hasMessageContaining("range")
                .hasMessageContaining("high");

        databases.execute("INSERT INTO item (low, high, word) VALUES (1, 99, 'in')");
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.execute("INSERT INTO item (low, high, word) VALUES (1, 100, 'out')"));
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.execute("INSERT INTO item (low, high, word) VALUES (0, 99, 'out')"));
    }

    @Test
    @DisplayName("A column is removed once the check that names it is, and the others stay in force")
    void removesAColumnAfterItsCheck() {
        CheckConstraint other = new CheckConstraint("positive", "\"low\" > 0");
        Table item = ITEM.with(RANGE).with(other);
        create(item);

        change(editor -> editor.removeColumn(editor.removeConstraint(item, RANGE), "high"));

        databases.execute("INSERT INTO item (low, word) VALUES (1, 'in')");
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.execute("INSERT INTO item (low, word) VALUES (0, 'out')"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"high\" > 0", "high > 0", "HIGH>0", "item.\"high\" > 0", "\"low\" > 0 /* ' */ AND\nhigh > 0"})
    @DisplayName(
            "A column that the condition of a unique constraint names is not removed, so the constraint stays partial")
    void refusesAColumnOfACondition(String condition) {
        Table item = ITEM.with(UniqueConstraint.on("low").where(condition).named("some_low"));
        if (refusesPartialIndexes(item)) {
            return;
        }
        create(item);

        assertThatThrownBy(() -> change(editor -> editor.removeColumn(item, "high")))
                .hasMessageContaining("some_low");

        databases.execute("INSERT INTO item (low, high, word) VALUES (1, 0, 'a')");
        databases.execute("INSERT INTO item (low, high, word) VALUES (1, 0, 'b')");
    }

    @Test
    @DisplayName("A column that the condition of an index names is not removed")
    void refusesAColumnOfAnIndexCondition() {
        Table item = ITEM.with(Index.on("low").where("\"high\" > 0").named("some_index"));
        if (refusesPartialIndexes(item)) {
            return;
        }
        create(item);

        assertThatThrownBy(() -> change(editor -> editor.removeColumn(item, "high")))
                .hasMessageContaining("some_index");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"word\" <> 'high'", "\"word\" <> '\"high\"'", "length(\"word\") > 0 -- high"})
    @DisplayName("A text or a comment that reads like the column does not keep it")
    void removesAColumnThatOnlyATextNames(String condition) {
        Table item = ITEM.with(new CheckConstraint("about_word", condition + "\n"));
        create(item);

        change(editor -> editor.removeColumn(item, "high"));

        assertThat(database.introspection().columns("item"))
                .extracting(ColumnInfo::name)
                .containsExactly("id", "low", "word");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a partial unique index | CREATE UNIQUE INDEX by_hand ON item (low) WHERE \"high\" > 0",
                "an index on two columns | CREATE UNIQUE INDEX by_hand ON item (low, \"high\")",
                "an index on an expression | CREATE INDEX by_hand ON item ((\"high\" + 1))",
                "a view | CREATE VIEW by_hand AS SELECT \"high\" AS top FROM item"
            })
    @DisplayName("A column that something made in SQL names is not removed, and the error names that")
    void refusesAColumnOfWhatWasMadeInSql(String what, String statement) {
        create(ITEM);
        if (!canBeMade(statement)) {
            assertThatExceptionOfType(DatabaseException.class).isThrownBy(() -> databases.execute(statement));
            return;
        }
        databases.execute(statement);

        assertThatExceptionOfType(DatabaseException.class)
                .as(what)
                .isThrownBy(() -> change(editor -> editor.removeColumn(ITEM, "high")))
                .withMessageContaining("by_hand");
        databases.execute("INSERT INTO item (low, high, word) VALUES (1, 2, 'a')");
    }

    @Test
    @DisplayName("A unique column that a view names is not removed, and the view goes on to show its values")
    void refusesAUniqueColumnOfAView() {
        Table item = ITEM.replace(Column.of("high", INTEGER).unique());
        create(item);
        databases.execute("CREATE VIEW by_hand AS SELECT \"high\" AS top FROM item");

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> change(editor -> editor.removeColumn(item, "high")))
                .withMessageContaining("by_hand");

        databases.execute("INSERT INTO item (low, high, word) VALUES (1, 7, 'a')");
        assertThat(databases.query("SELECT top FROM by_hand").get(0).getInt("top"))
                .isEqualTo(7);
    }

    @Test
    @DisplayName("Keys, unique and indexed columns and foreign keys are removed with what is theirs alone")
    void removesWhatBelongsToTheColumnAlone() {
        Table other = Table.of("other", Column.auto("id"));
        Table item = Table.of(
                "item",
                Column.auto("id"),
                Column.of("code", ColumnType.varchar(9)).unique(),
                Column.of("place", ColumnType.varchar(9)).indexed(),
                Column.of("size", ColumnType.POSITIVE_INTEGER),
                Column.of("facts", ColumnType.JSON),
                Column.of("other_id", INTEGER).references("other", "id"),
                Column.of("last", INTEGER));
        SchemaEditor.apply(database, editor -> {
            editor.createTable(other);
            editor.createTable(item);
        });
        databases.execute("INSERT INTO other (id) VALUES (1)");
        databases.execute(
                "INSERT INTO item (code, place, size, facts, other_id, last) VALUES ('a', 'b', 1, '{}', 1, 8)");

        SchemaEditor.apply(database, editor -> {
            Table left = item;
            for (String column : new String[] {"id", "code", "place", "size", "facts", "other_id"}) {
                left = editor.removeColumn(left, column);
            }
        });

        assertThat(databases.query("SELECT * FROM item"))
                .extracting(row -> row.values().toString())
                .containsExactly("[8]");
        assertThat(database.introspection().constraints("item")).isEmpty();
    }

    @Test
    @DisplayName("Names in checks and conditions follow a renamed column, with and without quotes, and texts do not")
    void conditionsFollowARenamedColumn() {
        Table checked = ITEM.with(new CheckConstraint("quoted", "\"high\" <> 3 AND \"word\" <> '\"high\"'"))
                .with(new CheckConstraint("bare", "high <> 4 AND High <> 5"));
        Table item = hasPartialIndexes()
                ? checked.with(UniqueConstraint.on("low").where("high > 0").named("some_low"))
                : checked;
        create(item);

        SchemaEditor.apply(database, editor -> {
            Table renamed = editor.renameColumn(item, "high", "top");
            editor.alterColumn(renamed, "word", Column.of("word", ColumnType.varchar(99)));
        });

        for (int refused : new int[] {3, 4, 5}) {
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(
                            () -> databases.execute("INSERT INTO item (low, top, word) VALUES (1, %s, 'a')", refused));
        }
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.execute("INSERT INTO item (low, top, word) VALUES (1, 1, '\"high\"')"));
        databases.execute("INSERT INTO item (low, top, word) VALUES (1, 0, 'top')");
        databases.execute("INSERT INTO item (low, top, word) VALUES (1, 0, '\"top\"')");
        databases.execute("INSERT INTO item (low, top, word) VALUES (1, 1, 'a')");
        if (hasPartialIndexes()) {
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> databases.execute("INSERT INTO item (low, top, word) VALUES (1, 2, 'b')"));
        }
    }

    @Test
    @DisplayName("A check that names its table follows the table's new name, and outlives changes of it")
    void conditionsFollowARenamedTable() {
        Table item = ITEM.with(new CheckConstraint("own", "\"item\".\"high\" > item.low"));
        create(item);

        SchemaEditor.apply(database, editor -> {
            Table renamed = editor.renameTable(item, "thing");
            editor.alterColumn(renamed, "word", Column.of("word", ColumnType.varchar(99)));
        });

        databases.execute("INSERT INTO thing (low, high, word) VALUES (1, 2, 'a')");
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.execute("INSERT INTO thing (low, high, word) VALUES (2, 1, 'a')"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("A condition on a column that is not there is an error when it is made, not a text")
    void refusesAConditionOnNoColumn(boolean check) {
        create(ITEM);
        Constraint wrong = check
                ? new CheckConstraint("wrong", "\"hihg\" > 0")
                : UniqueConstraint.on("low").where("\"hihg\" > 0").named("wrong");

        if (!check && refusesPartialIndexes(ITEM.with(wrong))) {
            return;
        }
        assertThatExceptionOfType(errorOfNoColumn())
                .isThrownBy(() -> change(editor -> editor.addConstraint(ITEM, wrong)))
                .withMessageContaining("hihg");
        assertThatExceptionOfType(errorOfNoColumn())
                .isThrownBy(() -> change(editor -> {
                    editor.createTable(ITEM.renamed("item2").with(wrong));
                    return ITEM;
                }))
                .withMessageContaining("hihg");
    }

    /** {@return what is thrown for a column that is not there, as by Django on that database} */
    Class<? extends DatabaseException> errorOfNoColumn() {
        return ProgrammingException.class;
    }

    /** {@return whether the database takes that index} */
    boolean canBeMade(String index) {
        return true;
    }

    private boolean hasPartialIndexes() {
        return database.backend().features().has(Feature.PARTIAL_INDEXES);
    }

    /** {@return whether the database has no partial indexes; then it was checked that they are refused by name} */
    private boolean refusesPartialIndexes(Table table) {
        if (!hasPartialIndexes()) {
            assertThatExceptionOfType(NotSupportedException.class).isThrownBy(() -> create(table));
        }
        return !hasPartialIndexes();
    }

    private void create(Table table) {
        SchemaEditor.apply(database, editor -> editor.createTable(table));
    }

    private void change(Function<SchemaEditor, Table> edit) {
        SchemaEditor.apply(database, editor -> {
            Table changed = edit.apply(editor);
            assertThat(changed).isNotNull();
        });
    }
}
