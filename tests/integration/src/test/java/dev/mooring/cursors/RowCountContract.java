package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Cursor;
import dev.mooring.Row;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.IntegrityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many rows a statement says that it changed, and what a batch leaves behind that fails. */
@Tag("wrong-answers")
abstract class RowCountContract extends PersonTable {

    private static final String INSERT = "INSERT INTO person (id, first_name) VALUES (%s, %s)";

    @BeforeEach
    void insertThree() {
        databases.execute("INSERT INTO person (id, first_name, age) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
    }

    @Test
    @DisplayName("execute of a change with RETURNING answers how many rows it changed")
    void countsTheRowsThatAreReturned() {
        assertThat(databases.execute("UPDATE person SET age = age + 1 RETURNING id"))
                .isEqualTo(3);
        assertThat(databases.execute("UPDATE person SET age = %s WHERE id > %s RETURNING id, age", 9, 1))
                .isEqualTo(2);
        assertThat(databases.execute("UPDATE person SET age = 0 WHERE id = 77 RETURNING id"))
                .isZero();
        assertThat(databases.execute("/* x */ INSERT INTO person (id) VALUES (4), (5) RETURNING (id)"))
                .isEqualTo(2);
        assertThat(databases.execute("WITH old AS (SELECT 4 AS id) DELETE FROM person WHERE id IN (SELECT id FROM old)"
                        + " RETURNING id"))
                .isOne();
        assertThat(databases.execute("DELETE FROM person RETURNING *")).isEqualTo(4);
        assertThat(databases.execute("SELECT 'returning'")).isZero();
    }

    @Test
    @DisplayName("What changes no rows answers 0, whatever the statement before it has changed")
    void answersZeroForWhatChangesNoRows() {
        for (String sql : List.of(
                "CREATE TABLE counted (a integer)",
                "CREATE INDEX counted_a ON counted (a)",
                "ALTER TABLE counted RENAME TO counted2",
                "/* c */ DROP TABLE IF EXISTS counted3",
                "ANALYZE",
                "DROP TABLE counted2",
                "CREATE VIEW counted AS SELECT 1 AS a",
                "DROP VIEW counted")) {
            databases.atomic(() -> {
                assertThat(databases.execute("UPDATE person SET age = 7")).isEqualTo(3);
                assertThat(databases.execute(sql)).as(sql).isZero();
                try (Cursor cursor = databases.get().cursor()) {
                    assertThat(cursor.execute("UPDATE person SET age = 8").rowCount())
                            .isEqualTo(3);
                }
            });
        }
        databases.atomic(() -> {
            databases.execute("UPDATE person SET age = 7");
            try (Cursor cursor = databases.get().cursor()) {
                assertThat(cursor.execute("CREATE TABLE counted (a integer)").rowCount())
                        .isZero();
                databases.execute("UPDATE person SET age = 7");
                cursor.executeMany("DROP TABLE counted", List.of(List.of()));
                assertThat(cursor.rowCount()).isZero();
            }
            assertThat(databases.execute("INSERT INTO person (id) VALUES (9)")).isOne();
            assertThat(databases.execute("DELETE FROM person WHERE id = 77")).isZero();
            assertThat(databases.execute(
                            "WITH q AS (SELECT 9 AS id) DELETE FROM person WHERE id IN (SELECT id FROM q)"))
                    .isOne();
        });
    }

    @Test
    @DisplayName("A WITH that ends in a SELECT answers as a SELECT does")
    void takesAWithForWhatItEndsIn() {
        for (String sql : withThatSelects()) {
            assertThat(databases.execute(sql)).as(sql).isZero();
            try (Cursor cursor = databases.get().cursor()) {
                assertThat(cursor.execute(sql).rowCount()).as(sql).isEqualTo(-1);
                assertThat(cursor.fetchAll()).as(sql).isNotEmpty();
            }
            assertThat(databases.query(sql)).as(sql).isNotEmpty();
        }
    }

    /** {@return texts with WITH, the word returning, and rows that are those of a query} */
    List<String> withThatSelects() {
        return List.of(
                "WITH q AS (SELECT 1 AS returning_id) SELECT returning_id FROM q",
                "WITH q AS (SELECT 1 AS a), r AS (SELECT 'RETURNING' AS b) SELECT a, b FROM q, r -- returning");
    }

    @Test
    @DisplayName("A cursor on a change with RETURNING knows the row count before a row is fetched, and has the rows")
    void countsTheRowsOfACursor() {
        try (Cursor cursor = databases.get().cursor()) {
            cursor.execute("UPDATE person SET age = age + 1 RETURNING id");
            assertThat(cursor.rowCount()).isEqualTo(3);
            assertThat(cursor.columnNames()).containsExactly("id");
            assertThat(cursor.fetchOne()).isNotNull();
            assertThat(cursor.fetchAll()).hasSize(2);
            assertThat(cursor.fetchOne()).isNull();
            assertThat(cursor.rowCount()).isEqualTo(3);
            assertThat(cursor.execute("DELETE FROM person WHERE id = 1").rowCount())
                    .isOne();
            assertThat(cursor.execute("SELECT id FROM person").rowCount()).isEqualTo(-1);
        }
        assertThat(databases
                        .query("SELECT sum(age) AS total FROM person")
                        .get(0)
                        .getLong("total"))
                .isEqualTo(7);
    }

    @Test
    @DisplayName("A change with RETURNING is committed although its rows were not fetched")
    void isDoneBeforeItsRowsAreFetched() {
        try (Cursor cursor = databases.get().cursor()) {
            cursor.execute("UPDATE person SET age = 50 RETURNING id");
            assertThat(databases.using("default").counts().leased()).isZero();
        }
        assertThat(databases.query("SELECT id FROM person WHERE age = 50")).hasSize(3);
    }

    @Test
    @DisplayName("A stream of a change with RETURNING has all the rows")
    void streamsTheRowsOfAChange() {
        databases.atomic(() -> {
            try (Stream<Row> rows = databases.stream("UPDATE person SET age = 8 RETURNING id")) {
                assertThat(rows.map(row -> row.getInt("id"))).containsExactlyInAnyOrder(1, 2, 3);
            }
        });
        assertThat(databases.query("SELECT id FROM person WHERE age = 8")).hasSize(3);
    }

    @Test
    @DisplayName("executeMany with RETURNING answers the sum, in one transaction or in the one that is open")
    void countsTheRowsOfMany() {
        try (Cursor cursor = databases.get().cursor()) {
            cursor.executeMany("UPDATE person SET age = %s WHERE id <= %s RETURNING id", List.of(of(1, 1), of(2, 3)));
            assertThat(cursor.rowCount()).isEqualTo(4);
            cursor.executeMany("UPDATE person SET age = %s WHERE id <= %s", List.of(of(1, 1), of(2, 3)));
            assertThat(cursor.rowCount()).isEqualTo(4);
            databases.atomic(() -> cursor.executeMany(INSERT + " RETURNING id", List.of(of(4, "d"), of(5, "e"))));
            assertThat(cursor.rowCount()).isEqualTo(2);
            assertThat(cursor.executeMany(INSERT, List.of()).rowCount()).isZero();
        }
    }

    @Test
    @DisplayName("executeMany that fails outside atomic leaves none of its rows")
    void leavesNothingOfABatchThatFails() {
        List<List<? extends @Nullable Object>> batches = new ArrayList<>();
        for (int id = 10; id < 300; id++) {
            batches.add(of(id, "x".repeat(30)));
        }
        batches.add(of(1, "taken"));
        for (String sql : List.of(INSERT, INSERT + " RETURNING id")) {
            try (Cursor cursor = databases.get().cursor()) {
                assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> cursor.executeMany(sql, batches));
            }
            assertThat(databases.query("SELECT id FROM person")).hasSize(3);
        }
    }

    @Test
    @DisplayName("executeMany that fails inside atomic fails the block, as execute does")
    void failsTheBlockAroundIt() {
        assertThatThrownBy(() -> databases.atomic(() -> {
                    try (Cursor cursor = databases.get().cursor()) {
                        cursor.executeMany(INSERT, List.of(of(10, "x"), of(1, "taken")));
                    }
                }))
                .isInstanceOf(DatabaseException.class);
        assertThat(databases.query("SELECT id FROM person")).hasSize(3);
    }

    static List<Object> of(Object... values) {
        return List.of(values);
    }
}
