package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Cursor;
import dev.mooring.Lease;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.RequiresMariadb;
import dev.mooring.transactions.TestDatabases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@RequiresMariadb
class MariadbRowCountTest extends RowCountContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb();
    }

    /** No WITH of MariaDB changes anything. */
    @Override
    List<String> withThatSelects() {
        return List.of("WITH q AS (SELECT 1 AS a) SELECT a AS `returning` FROM q");
    }

    /** UPDATE has no RETURNING there. */
    @Test
    @Override
    @DisplayName("execute of a change with RETURNING answers how many rows it changed")
    void countsTheRowsThatAreReturned() {
        assertThat(databases.execute("/* x */ INSERT INTO person (id) VALUES (4), (5) RETURNING (id)"))
                .isEqualTo(2);
        assertThat(databases.execute("REPLACE INTO person (id) VALUES (6) RETURNING id"))
                .isOne();
        assertThat(databases.execute("DELETE FROM person WHERE id = 77 RETURNING id"))
                .isZero();
        assertThat(databases.execute("DELETE FROM person RETURNING *")).isEqualTo(6);
        assertThat(databases.execute("SELECT 'returning'")).isZero();
    }

    /** A change of the schema commits, so that none is in a transaction. */
    @Test
    @Override
    @DisplayName("What changes no rows answers 0, whatever the statement before it has changed")
    void answersZeroForWhatChangesNoRows() {
        for (String sql : List.of(
                "CREATE TABLE counted (a integer)",
                "CREATE INDEX counted_a ON counted (a)",
                "ALTER TABLE counted RENAME TO counted2",
                "/* c */ DROP TABLE IF EXISTS counted3",
                "DROP TABLE counted2",
                "CREATE VIEW counted AS SELECT 1 AS a",
                "DROP VIEW counted")) {
            try (Lease lease = databases.get().hold()) {
                assertThat(lease).isNotNull();
                assertThat(databases.execute("UPDATE person SET age = 7")).isEqualTo(3);
                assertThat(databases.execute(sql)).as(sql).isZero();
            }
        }
    }

    @Test
    @Override
    @DisplayName("A cursor on a change with RETURNING knows the row count before a row is fetched, and has the rows")
    void countsTheRowsOfACursor() {
        try (Cursor cursor = databases.get().cursor()) {
            cursor.execute("DELETE FROM person RETURNING id");
            assertThat(cursor.rowCount()).isEqualTo(3);
            assertThat(cursor.columnNames()).containsExactly("id");
            assertThat(cursor.fetchOne()).isNotNull();
            assertThat(cursor.fetchAll()).hasSize(2);
            assertThat(cursor.rowCount()).isEqualTo(3);
        }
    }

    @Test
    @Override
    @DisplayName("A change with RETURNING is committed although its rows were not fetched")
    void isDoneBeforeItsRowsAreFetched() {
        try (Cursor cursor = databases.get().cursor()) {
            cursor.execute("DELETE FROM person RETURNING id");
            assertThat(databases.using("default").counts().leased()).isZero();
        }
        assertThat(databases.query("SELECT id FROM person")).isEmpty();
    }

    @Test
    @Override
    @DisplayName("A stream of a change with RETURNING has all the rows")
    void streamsTheRowsOfAChange() {
        databases.atomic(() -> {
            try (Stream<Row> rows = databases.stream("DELETE FROM person RETURNING id")) {
                assertThat(rows.map(row -> row.getInt("id"))).containsExactlyInAnyOrder(1, 2, 3);
            }
        });
        assertThat(databases.query("SELECT id FROM person")).isEmpty();
    }

    @Test
    @Override
    @DisplayName("executeMany with RETURNING answers the sum, in one transaction or in the one that is open")
    void countsTheRowsOfMany() {
        try (Cursor cursor = databases.get().cursor()) {
            cursor.executeMany("UPDATE person SET age = %s WHERE id <= %s", List.of(of(1, 1), of(2, 3)));
            assertThat(cursor.rowCount()).isEqualTo(4);
            cursor.executeMany("DELETE FROM person WHERE id <= %s RETURNING id", List.of(of(1), of(3)));
            assertThat(cursor.rowCount()).isEqualTo(3);
        }
    }
}
