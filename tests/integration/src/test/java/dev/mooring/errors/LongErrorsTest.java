package dev.mooring.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Databases;
import dev.mooring.error.DatabaseException;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages go to logs, whatever a statement or the database's answer is as long as. */
@Tag("wrong-answers")
class LongErrorsTest {

    private static final String LONG = "x".repeat(1_000_000);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT LONG",
                "SELECT %s FROM LONG",
                "SELECT ?1 AS LONG",
                "SELECT %s, %s AS LONG",
                "SELECT %(name)s AS LONG",
                "SELECT %z AS LONG",
                "SELECT 1 AS LONG; SELECT 2"
            })
    @DisplayName("An error about a long text on SQLite is short and says that it was cut off")
    void isShortOnSqlite(String sql) {
        try (Databases databases = Databases.of(TestDatabases.sqlite(folder).build())) {
            check(catchThrowable(() -> databases.query(sql.replace("LONG", LONG), 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT LONG FROM absent",
                "SELECT 'LONG'::integer",
                "DO $$ BEGIN RAISE EXCEPTION '%', repeat('y', 1000000); END $$",
                "-- LONG\nDO $$ BEGIN RAISE EXCEPTION '%', repeat('y', 1000000); END $$"
            })
    @DisplayName("An error about a long text on PostgreSQL is short and says that it was cut off, and its cause too")
    void isShortOnPostgres(String sql) {
        try (Databases databases = Databases.of(TestDatabases.postgres().build())) {
            check(catchThrowable(() -> databases.query(sql.replace("LONG", LONG))));
            assertThat(databases.query("SELECT 1")).hasSize(1);
        }
    }

    @Test
    @DisplayName("An error of usual length is whole")
    void staysWhole() {
        try (Databases databases = Databases.of(TestDatabases.sqlite(folder).build())) {
            assertThat(catchThrowable(() -> databases.query("SELECT " + "x".repeat(900))))
                    .hasMessageContaining("x".repeat(900))
                    .hasMessageNotContaining("cut off");
        }
    }

    private static void check(Throwable thrown) {
        assertThat(thrown).isInstanceOf(DatabaseException.class).hasMessageContaining("cut off");
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            assertThat(String.valueOf(each.getMessage()).length()).isLessThan(6_000);
        }
    }
}
