package dev.mooring.schema;

import static dev.mooring.schema.ColumnType.INTEGER;
import static dev.mooring.schema.ColumnType.POSITIVE_INTEGER;
import static dev.mooring.schema.ColumnType.TEXT;
import static dev.mooring.schema.ColumnType.varchar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.django.RealDjango;
import dev.mooring.migrations.SchemaEditor;
import dev.mooring.spi.Feature;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** How tables are changed, on one kind of database. */
abstract class SchemaEditorContract {

    private static final Column TITLE = Column.of("title", varchar(50));
    private static final Column PAGES = Column.of("pages", INTEGER).nullable();

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase();

    @Test
    void changesTablesAsDjangoDoesAndKeepsTheRows(TestInfo test) {
        RealDjango django = RealDjango.require(test);
        DatabaseSettings djangos = emptyDatabase();
        RealDjango.Outcome outcome =
                django.script(djangos, "import mooring_schema_editor; mooring_schema_editor.change()");
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        try (Databases expected = Databases.of(djangos);
                Databases databases = Databases.of(emptyDatabase())) {
            changeEverything(databases.using("default"));

            assertThat(facts(databases)).isEqualTo(facts(expected)).hasSizeGreaterThan(300);
        }
    }

    private void changeEverything(Database database) {
        change(
                database,
                "addnull",
                (editor, book) ->
                        editor.addColumn(book, Column.of("year", INTEGER).nullable()));
        change(
                database,
                "adddefault",
                (editor, book) ->
                        editor.addColumn(book, Column.of("year", INTEGER).defaultValue(7)));
        assertThat(database.query("SELECT year FROM adddefault_book").get(0).getInt("year"))
                .isEqualTo(7);
        change(
                database,
                "addtext",
                (editor, book) ->
                        editor.addColumn(book, Column.of("motto", varchar(20)).defaultValue("it's 100%")));
        assertThat(database.query("SELECT motto FROM addtext_book").get(0).getString("motto"))
                .isEqualTo("it's 100%");
        change(
                database,
                "addkey",
                (editor, book) -> editor.addColumn(
                        book, Column.of("editor_id", INTEGER).nullable().references("addkey_author", "id")));
        change(
                database,
                "addunique",
                (editor, book) -> editor.addColumn(
                        book, Column.of("slug", varchar(20)).nullable().unique()));
        change(database, "longer", alter(Column.of("title", varchar(200))));
        change(database, "totext", alter(Column.of("title", TEXT)));
        change(database, "notnull", alter(Column.of("pages", INTEGER).defaultValue(5)));
        assertThat(database.query("SELECT pages FROM notnull_book").get(0).getInt("pages"))
                .isEqualTo(5);
        change(database, "nullable", alter(TITLE.nullable()));
        change(database, "unique", alter(TITLE.unique()));
        change(database, "ununique", book -> book.replace(TITLE.unique()), alter(TITLE));
        change(database, "index", alter(TITLE.indexed()));
        change(database, "unindex", book -> book.replace(TITLE.indexed()), alter(TITLE));
        change(database, "indexunique", book -> book.replace(TITLE.indexed()), alter(TITLE.unique()));
        Column positive = Column.of("pages", POSITIVE_INTEGER).nullable();
        change(database, "positive", alter(positive));
        change(database, "unpositive", book -> book.replace(positive), alter(PAGES));
        change(database, "loose", alter(Column.of("author_id", INTEGER).indexed()));
        change(database, "rename", (editor, book) -> editor.renameColumn(book, "title", "name"));
        change(database, "renamekey", (editor, book) -> editor.renameColumn(book, "author_id", "writer_id"));
        change(database, "remove", (editor, book) -> editor.removeColumn(book, "pages"));
        change(database, "removekey", (editor, book) -> editor.removeColumn(book, "author_id"));
        UniqueConstraint together = UniqueConstraint.on("title", "pages");
        change(database, "together", (editor, book) -> editor.addConstraint(book, together));
        change(
                database,
                "apart",
                book -> book.with(together),
                (editor, book) -> editor.removeConstraint(book, together));
        change(
                database,
                "addindex",
                (editor, book) ->
                        editor.addIndex(book, Index.on("title", "-pages").named("addindex_i")));
        Index index = Index.on("title").named("removeindex_i");
        change(database, "removeindex", book -> book.with(index), (editor, book) -> editor.removeIndex(book, index));
        change(
                database,
                "addcheck",
                (editor, book) -> editor.addConstraint(book, new CheckConstraint("addcheck_c", "\"pages\" > 0")));
        CheckConstraint gone = new CheckConstraint("removecheck_c", "\"pages\" > 0");
        change(database, "removecheck", book -> book.with(gone), (editor, book) -> editor.removeConstraint(book, gone));
        change(database, "adduniquec", (editor, book) -> editor.addConstraint(book, together.named("adduniquec_c")));
        // Django leaves it out, without an error, where there is no such index.
        boolean partial = database.backend().features().has(Feature.PARTIAL_INDEXES);
        change(
                database,
                "someunique",
                (editor, book) -> partial
                        ? editor.addConstraint(
                                book,
                                UniqueConstraint.on("title")
                                        .where("\"pages\" > 0")
                                        .named("someunique_c"))
                        : book);
        change(database, "table", (editor, book) -> editor.renameTable(book, "table_tome"));
    }

    private static Table author(String name) {
        return Table.of(name + "_author", Column.auto("id"), Column.of("name", varchar(50)));
    }

    private static Table book(String name) {
        return Table.of(
                name + "_book",
                Column.auto("id"),
                TITLE,
                PAGES,
                Column.of("author_id", INTEGER).references(name + "_author", "id"));
    }

    private static BiFunction<SchemaEditor, Table, Table> alter(Column column) {
        return (editor, book) -> editor.alterColumn(book, column.name(), column);
    }

    private static void change(Database database, String name, BiFunction<SchemaEditor, Table, Table> edit) {
        change(database, name, UnaryOperator.identity(), edit);
    }

    private static void change(
            Database database, String name, UnaryOperator<Table> start, BiFunction<SchemaEditor, Table, Table> edit) {
        Table book = start.apply(book(name));
        create(database, name, book);
        SchemaEditor.apply(database, editor -> {
            Table after = edit.apply(editor, book);
            assertThat(database.query("SELECT * FROM \"" + after.name() + "\""))
                    .as(name)
                    .hasSize(1);
        });
    }

    private static void create(Database database, String name, Table book) {
        SchemaEditor.apply(database, editor -> {
            editor.createTable(author(name));
            editor.createTable(book);
        });
        database.execute("INSERT INTO " + name + "_author (id, name) VALUES (1, 'A')");
        database.execute("INSERT INTO " + name + "_book (id, title, author_id) VALUES (1, 'T', 1)");
    }

    /** Django went from serial columns to identity ones in 4.1. */
    private static List<String> facts(Databases databases) {
        return IntrospectionLines.of(databases.using("default")).stream()
                .map(line -> line.replaceAll("nextval\\('\\w+'::regclass\\)", "-"))
                .toList();
    }
}
