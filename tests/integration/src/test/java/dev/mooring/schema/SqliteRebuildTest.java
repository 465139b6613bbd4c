package dev.mooring.schema;

import static dev.mooring.schema.ColumnType.INTEGER;
import static dev.mooring.schema.ColumnType.varchar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.error.ProgrammingException;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.migrations.SchemaEditor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was made by hand outlives that its table is built anew. */
class SqliteRebuildTest {

    private static final Column PAGES = Column.of("pages", INTEGER).nullable();
    private static final Table BOOK = Table.of(
            "book",
            Column.auto("id"),
            Column.of("title", varchar(50)).indexed(),
            PAGES,
            Column.of("shelf_id", INTEGER).references("shelf", "id"));

    @TempDir
    private Path directory;

    private Databases databases;
    private Database database;

    @BeforeEach
    void create() {
        databases = Databases.of(EmptyDatabases.sqlite(directory));
        database = databases.using("default");
        SchemaEditor.apply(database, editor -> {
            editor.createTable(Table.of("shelf", Column.auto("id")));
            editor.createTable(BOOK);
        });
        databases.execute("CREATE TABLE log (what text)");
        databases.execute("CREATE TRIGGER \"on book\" AFTER INSERT ON Book WHEN new.title LIKE '%'"
                + " BEGIN INSERT INTO log VALUES (new.title); SELECT 'pages'; END");
        databases.execute("CREATE UNIQUE INDEX by_hand ON book (lower(title)) WHERE id > 0");
        databases.execute("INSERT INTO shelf (id) VALUES (1)");
        databases.execute("INSERT INTO book (id, title, pages, shelf_id) VALUES (1, 'first', 10, 1)");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    void triggersAndIndexesThatNoModelKnows() {
        SchemaEditor.apply(
                database,
                editor -> editor.alterColumn(
                        BOOK, "pages", Column.of("pages", varchar(9)).nullable()));

        assertBothWork("title");
        assertThat(indexes()).containsExactlyInAnyOrder("by_hand", indexOf("title"), indexOf("shelf_id"));
    }

    @Test
    void andFollowARenamedColumn() {
        SchemaEditor.apply(
                database,
                editor -> editor.alterColumn(
                        BOOK, "title", Column.of("name", varchar(99)).indexed()));

        assertBothWork("name");
        assertThat(indexes()).containsExactlyInAnyOrder("by_hand", indexOf("name"), indexOf("shelf_id"));
    }

    @Test
    void doNotBringBackAnIndexThatTheModelGivesUp() {
        SchemaEditor.apply(database, editor -> editor.alterColumn(BOOK, "title", Column.of("title", varchar(50))));

        assertBothWork("title");
        assertThat(indexes()).containsExactlyInAnyOrder("by_hand", indexOf("shelf_id"));
    }

    @Test
    void norOneThatHasNotItsAutomaticName() {
        databases.execute("DROP INDEX " + indexOf("title"));
        databases.execute("CREATE INDEX an_older_name ON book (title)");

        SchemaEditor.apply(database, editor -> editor.alterColumn(BOOK, "title", Column.of("title", varchar(50))));

        assertThat(indexes()).containsExactlyInAnyOrder("by_hand", indexOf("shelf_id"));
    }

    @Test
    void letNoColumnGoThatTheyName() {
        databases.execute("CREATE INDEX on_shelf ON book (\"shelf_id\" + 1)");

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> SchemaEditor.apply(database, editor -> editor.removeColumn(BOOK, "shelf_id")))
                .withMessageContaining("index \"on_shelf\" of table \"book\" names \"shelf_id\"");

        databases.execute("DROP INDEX on_shelf");
        SchemaEditor.apply(database, editor -> editor.removeColumn(BOOK, "shelf_id"));
        assertThat(indexes()).containsExactlyInAnyOrder("by_hand", indexOf("title"));
    }

    @Test
    void norAreNumbersGivenAgain() {
        databases.execute("INSERT INTO book (id, title, shelf_id) VALUES (41, 'sold', 1)");
        databases.execute("DELETE FROM book WHERE id = 41");

        SchemaEditor.apply(
                database,
                editor -> editor.alterColumn(
                        BOOK, "pages", Column.of("pages", varchar(9)).nullable()));

        assertNextNumber(42);
    }

    @Test
    void norThoseOfATableThatWasEmptiedAndIsSpeltOtherwise() {
        databases.execute("DELETE FROM book");
        databases.execute("ALTER TABLE book RENAME TO other");
        databases.execute("ALTER TABLE other RENAME TO \"Book\"");

        SchemaEditor.apply(database, editor -> editor.alterColumn(BOOK, "id", Column.bigAuto("number")));

        assertNextNumber(2);
    }

    private void assertNextNumber(int number) {
        databases.execute("INSERT INTO book (title, shelf_id) VALUES ('next', 1)");
        assertThat(databases.query("SELECT rowid AS number FROM book WHERE title = 'next'"))
                .extracting(row -> row.getInt("number"))
                .containsExactly(number);
    }

    private void assertBothWork(String column) {
        databases.execute("INSERT INTO book (id, " + column + ", shelf_id) VALUES (2, 'second', 1)");
        assertThat(databases.query("SELECT what FROM log"))
                .extracting(row -> row.get(0))
                .containsExactly("first", "second");
        assertThatExceptionOfType(dev.mooring.error.IntegrityException.class)
                .isThrownBy(() ->
                        databases.execute("INSERT INTO book (id, " + column + ", shelf_id) VALUES (3, 'SECOND', 1)"));
    }

    private List<String> indexes() {
        return databases
                .query("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'book' AND sql IS NOT NULL")
                .stream()
                .map(row -> row.getString("name"))
                .toList();
    }

    private static String indexOf(String column) {
        return Index.on(column).name("book", 200);
    }
}
