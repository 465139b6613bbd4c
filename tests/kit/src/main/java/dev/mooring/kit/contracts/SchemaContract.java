package dev.mooring.kit.contracts;

import static dev.mooring.schema.ColumnType.INTEGER;
import static dev.mooring.schema.ColumnType.varchar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.IntegrityException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.migrations.SchemaEditor;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.schema.RelationInfo;
import dev.mooring.schema.Table;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How tables are changed, and what the introspector then says. Where the backend does not, it has to refuse by name. */
public abstract class SchemaContract extends OnEmptyDatabase {

    private static final Table AUTHOR = Table.of("author", Column.auto("id"), Column.of("name", varchar(50)));

    private static final Table BOOK = Table.of(
            "book",
            Column.auto("id"),
            Column.of("title", varchar(50)),
            Column.of("pages", INTEGER).nullable(),
            Column.of("author_id", INTEGER).references("author", "id"));

    /** For subclasses. */
    protected SchemaContract() {}

    @Test
    @DisplayName("SCH-01 Tables are created in any order of their references, and found as they were made")
    void createsTables() {
        if (refusesChanges()) {
            return;
        }
        SchemaEditor.apply(database(), editor -> {
            editor.createTable(BOOK);
            editor.createTable(AUTHOR);
        });

        assertThat(tableNames()).containsExactly("author", "book");
        assertThat(columns("book")).containsExactly("id", "title", "pages", "author_id");
        assertThat(database().introspection().primaryKeyColumn("book")).contains("id");
        assertThat(database().introspection().relations("book"))
                .extracting(RelationInfo::toTable)
                .containsExactly("author");
    }

    @Test
    @DisplayName("SCH-02 A change of a table keeps its rows, and the introspector sees it")
    void keepsRows() {
        if (refusesChanges()) {
            return;
        }
        fill();
        Table book = change(
                BOOK,
                (editor, table) ->
                        editor.addColumn(table, Column.of("year", INTEGER).defaultValue(7)));
        assertThat(databases.query(Integer.class, "SELECT year FROM book")).containsExactly(7);
        book = change(
                book,
                (editor, table) ->
                        editor.addColumn(table, Column.of("motto", varchar(20)).defaultValue("it's 100%")));
        assertThat(databases.query(String.class, "SELECT motto FROM book")).containsExactly("it's 100%");
        book = change(book, (editor, table) -> editor.alterColumn(table, "title", Column.of("title", varchar(200))));
        databases.execute("UPDATE book SET title = %s", "t".repeat(200));
        book = change(
                book,
                (editor, table) -> editor.alterColumn(
                        table, "pages", Column.of("pages", INTEGER).defaultValue(5)));
        assertThat(databases.query(Integer.class, "SELECT pages FROM book")).containsExactly(5);
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.execute("UPDATE book SET pages = NULL"));
        book = change(book, (editor, table) -> editor.renameColumn(table, "title", "name"));
        book = change(book, (editor, table) -> editor.removeColumn(table, "motto"));
        assertThat(columns("book")).containsExactlyInAnyOrder("id", "name", "pages", "author_id", "year");
        change(book, (editor, table) -> editor.renameTable(table, "tome"));

        assertThat(tableNames()).containsExactly("author", "tome");
        assertThat(databases.query(Integer.class, "SELECT author_id FROM tome")).containsExactly(1);
    }

    @Test
    @DisplayName("SCH-03 Uniqueness that a column gets holds, and ends where it is taken away")
    void changesUniqueness() {
        if (refusesChanges()) {
            return;
        }
        fill();
        Column title = Column.of("title", varchar(50));
        String again = "INSERT INTO book (id, title, author_id) VALUES (2, 'T', 1)";

        Table book = change(BOOK, (editor, table) -> editor.alterColumn(table, "title", title.unique()));
        assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> databases.execute(again));
        change(book, (editor, table) -> editor.alterColumn(table, "title", title));
        databases.execute(again);

        assertThat(databases.query("SELECT id FROM book")).hasSize(2);
    }

    @Test
    @DisplayName("SCH-04 Views of a table that is altered stay, and so do the foreign keys to it")
    void keepsViewsAndForeignKeys() {
        if (refusesChanges()) {
            return;
        }
        fill();
        databases.execute("CREATE VIEW authors AS SELECT id FROM author");

        SchemaEditor.apply(database(), editor -> editor.alterColumn(AUTHOR, "name", Column.of("name", varchar(99))));

        assertThat(databases.query("SELECT id FROM authors")).hasSize(1);
        assertThat(database().introspection().relations("book"))
                .extracting(RelationInfo::toTable)
                .containsExactly("author");
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.execute("UPDATE book SET author_id = 99"));
    }

    @Test
    @DisplayName("SCH-05 A change that leaves rows which refer to nothing is refused")
    void refusesToLeaveRowsThatReferToNothing() {
        if (refusesChanges()) {
            return;
        }
        fill();

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() ->
                        SchemaEditor.apply(database(), editor -> databases.execute("UPDATE book SET author_id = 99")));
    }

    @Test
    @DisplayName(
            "SCH-06 A change that fails leaves nothing, or where changes of the schema commit, what was done before")
    void leavesNothingOfAChangeThatFails() {
        if (refusesChanges()) {
            return;
        }
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> SchemaEditor.apply(database(), editor -> {
                    editor.createTable(AUTHOR);
                    throw new IllegalStateException("planned");
                }));

        assertThat(tableNames()).isEqualTo(undoesChanges() ? List.of() : List.of("author"));
    }

    @Test
    @DisplayName("SCH-07 Statements that are only collected are not run")
    void runsNothingWhenItCollects() {
        if (refusesChanges()) {
            return;
        }
        List<String> statements = SchemaEditor.collect(database(), editor -> {
            editor.createTable(AUTHOR);
            editor.addColumn(AUTHOR, Column.of("born", INTEGER).nullable());
        });

        assertThat(statements).hasSize(2).allMatch(statement -> statement.endsWith(";"));
        assertThat(tableNames()).isEmpty();
    }

    @Test
    @DisplayName("SCH-08 Inside a transaction and with autocommit off the schema is not changed")
    void refusesToWorkInsideATransaction() {
        if (refusesChanges()) {
            return;
        }
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() ->
                        databases.atomic(() -> SchemaEditor.apply(database(), editor -> editor.createTable(AUTHOR))));
        databases.get().transaction().setAutocommit(false);
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> SchemaEditor.apply(database(), editor -> editor.createTable(AUTHOR)))
                .withMessageContaining("'default'")
                .withMessageContaining("setAutocommit(true)");
        databases.get().transaction().rollback();
        databases.get().transaction().setAutocommit(true);

        assertThat(tableNames()).isEmpty();
    }

    private void fill() {
        SchemaEditor.apply(database(), editor -> {
            editor.createTable(AUTHOR);
            editor.createTable(BOOK);
        });
        databases.execute("INSERT INTO author (id, name) VALUES (1, 'A')");
        databases.execute("INSERT INTO book (id, title, author_id) VALUES (1, 'T', 1)");
    }

    /** {@return the table after {@code edit}, in a transaction of its own} */
    private Table change(Table table, BiFunction<SchemaEditor, Table, Table> edit) {
        Table[] changed = {table};
        SchemaEditor.apply(database(), editor -> changed[0] = edit.apply(editor, table));
        return changed[0];
    }

    private List<String> columns(String table) {
        return database().introspection().columns(table).stream()
                .map(ColumnInfo::name)
                .toList();
    }
}
