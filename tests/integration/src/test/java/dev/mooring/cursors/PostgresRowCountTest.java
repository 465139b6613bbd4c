package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PostgresRowCountTest extends RowCountContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.postgres();
    }

    @Override
    List<String> withThatSelects() {
        return List.of(
                "WITH q AS (UPDATE person SET age = 5 RETURNING id) SELECT count(*) AS n FROM q",
                "WITH q AS (UPDATE person SET age = 6 RETURNING id) SELECT id FROM q",
                "WITH q (a) AS MATERIALIZED (UPDATE person SET age = 6 RETURNING id), r AS (SELECT 1) SELECT a FROM q",
                "WITH q AS (UPDATE person SET age = 6 RETURNING id) (SELECT id FROM q) UNION ALL (SELECT 1)",
                "WITH q AS (UPDATE person SET age = 6 RETURNING id) TABLE q",
                "WITH q AS (SELECT 1 AS a) SELECT a AS returning FROM q");
    }

    @Test
    @DisplayName("A WITH that ends in a change answers how many rows that changed, and not its parts")
    void countsTheChangeThatAWithEndsIn() {
        assertThat(databases.execute("WITH q AS (UPDATE person SET age = 5 WHERE id < 3 RETURNING id)"
                        + " INSERT INTO person (id) SELECT id + 10 FROM q"))
                .isEqualTo(2);
        assertThat(databases.execute("WITH q AS (UPDATE person SET age = 5 RETURNING id)"
                        + " DELETE FROM person WHERE id = 11 RETURNING (SELECT count(*) FROM q)"))
                .isOne();
        assertThat(databases.execute("CREATE TABLE counted AS SELECT id FROM person"))
                .isEqualTo(4);
        databases.execute("DROP TABLE counted");
    }

    @Test
    @DisplayName("A text of several statements answers with the result of the last, as psycopg2")
    void answersWithTheLastResult() {
        assertThat(databases.query("SELECT 1 AS a; SELECT 2 AS b").get(0).getInt("b"))
                .isEqualTo(2);
        assertThat(databases
                        .query("SELECT %s::int AS a; SELECT %s::int AS b", 5, 6)
                        .get(0)
                        .getInt("b"))
                .isEqualTo(6);
        assertThat(databases.query("SELECT 1; UPDATE person SET age = 2")).isEmpty();
        assertThat(databases.execute("UPDATE person SET age = 1 WHERE id = 1; UPDATE person SET age = 2; -- end"))
                .isEqualTo(3);
        assertThat(databases.execute("SELECT 1; UPDATE person SET age = 2 RETURNING id"))
                .isEqualTo(3);
        assertThat(databases.execute("UPDATE person SET age = 2 RETURNING id; SELECT 1"))
                .isZero();
        try (Cursor cursor = databases.get().cursor()) {
            assertThat(cursor.execute("SELECT 1 AS a; SELECT 2 AS b").columnNames())
                    .containsExactly("b");
            assertThat(cursor.fetchAll()).hasSize(1);
            assertThat(cursor.execute("SELECT 1; DELETE FROM person").rowCount())
                    .isEqualTo(3);
            assertThat(cursor.executeMany(
                                    "INSERT INTO person (id) VALUES (%s); UPDATE person SET age = 3",
                                    List.of(of(1), of(2)))
                            .rowCount())
                    .isEqualTo(3);
        }
        try (Stream<Row> rows = databases.stream("SELECT 1 AS a; SELECT 2 AS b")) {
            assertThat(rows.map(row -> row.getInt("b"))).containsExactly(2);
        }
    }

    @Test
    @DisplayName("executeMany counts its rows where the driver rewrites the inserts of a batch")
    void countsTheRowsOfRewrittenInserts() {
        try (Databases rewriting =
                Databases.of(settings().option("reWriteBatchedInserts", "true").build())) {
            try (Cursor cursor = rewriting.get().cursor()) {
                String insert = "INSERT INTO person (id, first_name) VALUES (%s, %s)";
                List<List<Object>> batches =
                        IntStream.range(10, 60).mapToObj(id -> of(id, "x")).toList();
                assertThat(cursor.executeMany(insert, batches).rowCount()).isEqualTo(50);
                assertThat(cursor.executeMany(insert + " ON CONFLICT DO NOTHING", List.of(of(1, "y"), of(100, "y")))
                                .rowCount())
                        .isOne();
                assertThat(cursor.executeMany(
                                        "INSERT INTO person (id) VALUES (%s), (%s)",
                                        List.of(of(201, 202), of(203, 204)))
                                .rowCount())
                        .isEqualTo(4);
            }
        }
    }
}
