package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Cursor;
import dev.mooring.Row;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Statements that differ in the names of their parameters alone, on one connection: the driver gets the same text. */
@Tag("wrong-answers")
public abstract class NamedParametersContract extends PersonTable {

    /** For subclasses. */
    protected NamedParametersContract() {}

    private static final String POSITIONAL = "INSERT INTO person VALUES (%s, %s, %s)";
    private static final String NAMED = "INSERT INTO person VALUES (%(id)s, %(name)s, %(age)s)";
    private static final String SWAPPED = "INSERT INTO person VALUES (%(age)s, %(name)s, %(id)s)";

    @Test
    @DisplayName("NAM-01 A statement binds by its own names, whatever names a statement before had in the same places")
    void bindsByItsOwnNames() {
        databases.execute(NAMED, Map.of("id", 1, "name", "a", "age", 11));
        databases.execute(SWAPPED, Map.of("id", 12, "name", "b", "age", 2));
        databases.execute(POSITIONAL, 3, "c", 13);
        databases.execute(NAMED, Map.of("id", 4, "name", "d", "age", 14));
        try (Cursor cursor = databases.get().cursor()) {
            cursor.execute(SWAPPED, Map.of("id", 15, "name", "e", "age", 5));
            cursor.executeMany(NAMED, List.of(List.of(Map.of("id", 6, "name", "f", "age", 16))));
            cursor.executeMany(POSITIONAL, List.of(List.of(7, "g", 17)));
        }

        assertThat(databases.query("SELECT id, first_name, age FROM person ORDER BY id"))
                .extracting(row -> row.getInt("id") + row.getString("first_name") + row.getInt("age"))
                .containsExactly("1a11", "2b12", "3c13", "4d14", "5e15", "6f16", "7g17");
    }

    @Test
    @DisplayName("NAM-02 A query binds by its own names, in query, cursors and streams")
    void readsByItsOwnNames() {
        databases.execute(POSITIONAL, 1, "a", 2);
        databases.execute(POSITIONAL, 2, "b", 1);
        String named = "SELECT first_name FROM person WHERE id = %(id)s AND age = %(age)s";
        String swapped = "SELECT first_name FROM person WHERE id = %(age)s AND age = %(id)s";
        Map<String, Integer> values = Map.of("id", 1, "age", 2);

        assertThat(names(databases.query(named, values))).containsExactly("a");
        assertThat(names(databases.query(swapped, values))).containsExactly("b");
        try (Cursor cursor = databases.get().cursor()) {
            assertThat(names(cursor.execute(named, values).fetchAll())).containsExactly("a");
            assertThat(names(cursor.execute(swapped, values).fetchAll())).containsExactly("b");
        }
        try (Stream<Row> rows = databases.stream(named, values)) {
            assertThat(names(rows.toList())).containsExactly("a");
        }
        try (Stream<Row> rows = databases.stream(swapped, values)) {
            assertThat(names(rows.toList())).containsExactly("b");
        }
        assertThat(names(databases.query("SELECT first_name FROM person WHERE id = %s AND age = %s", 1, 2)))
                .containsExactly("a");
    }

    private static List<String> names(List<Row> rows) {
        return rows.stream().map(row -> row.getString("first_name")).toList();
    }
}
