package dev.mooring.schema;

import static dev.mooring.schema.ColumnType.INTEGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.error.IntegrityException;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.migrations.SchemaEditor;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However long a text in sqlite_master is, it is read without a call for each of its characters. */
@Tag("wrong-answers")
class SqliteLongTextsTest {

    private static final String LONG = "it''s \"\" [ ` -- /* ".repeat(20_000);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a text DEFAULT '%s'",
                "a text /* %s */",
                "a text CHECK (a <> '%s')",
                "a text DEFAULT \"%s\"",
                "a text, \"%s\" text",
                "a text, `%s` text",
                "a text -- %s\n"
            })
    @DisplayName("Columns and constraints are told of a table with a long default, check, comment or name")
    void tellsOfATable(String part) {
        String text = part.contains("`") ? LONG.replace("`", "``") : part.contains("\"%") ? "x".repeat(300_000) : LONG;
        String safe = part.contains("/*") ? text.replace("*/", "") : text;
        try (Databases databases = Databases.of(EmptyDatabases.sqlite(directory))) {
            databases.execute("CREATE TABLE t (id integer PRIMARY KEY, " + part.replace("%s", safe)
                    + ", b integer COLLATE nocase, CONSTRAINT named CHECK (b > 0))");
            var introspection = databases.using("default").introspection();

            assertThat(introspection.columns("t")).extracting(ColumnInfo::name).contains("id", "a", "b");
            assertThat(introspection.constraints("t"))
                    .extracting(ConstraintInfo::name)
                    .contains("named", "__primary__");
        }
    }

    @Test
    @DisplayName("A table with a long check, index condition, trigger and view is changed")
    void changesATable() {
        String words = "x".repeat(200_000);
        Table table = Table.of("t", Column.auto("id"), Column.of("a", INTEGER), Column.of("b", ColumnType.TEXT))
                .with(new CheckConstraint("long", "\"b\" <> '" + words + "'"))
                .with(UniqueConstraint.on("a").where("\"b\" <> '" + words + "'").named("some_a"));
        try (Databases databases = Databases.of(EmptyDatabases.sqlite(directory))) {
            SchemaEditor.apply(databases.using("default"), editor -> editor.createTable(table));
            databases.execute("CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT '" + words + "'; END");
            databases.execute("CREATE VIEW v AS SELECT a, '" + words + "' AS w FROM t");

            SchemaEditor.apply(databases.using("default"), editor -> {
                Table changed = editor.alterColumn(
                        table, "a", Column.of("a", ColumnType.BIGINT).defaultValue(1));
                changed = editor.renameColumn(changed, "b", "c");
                editor.addColumn(changed, Column.of("d", ColumnType.TEXT).defaultValue(words));
            });

            databases.execute("INSERT INTO t (a, c, d) VALUES (1, 'x', 'd')");
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> databases.execute("INSERT INTO t (a, c, d) VALUES (1, 'y', 'd')"));
            assertThat(databases.using("default").introspection().columns("t")).hasSize(4);
        }
    }
}
