package dev.mooring.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("wrong-answers")
class PostgresValuesInErrorsTest extends ValuesInErrorsContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.postgres();
    }

    @Override
    List<String> tables() {
        return List.of(
                "DROP TABLE IF EXISTS paper, child",
                "CREATE TABLE paper (id integer PRIMARY KEY, name varchar(7) UNIQUE, day date, number integer CHECK (number > 0),"
                        + " needed text NOT NULL DEFAULT '')",
                "CREATE TABLE child (paper integer REFERENCES paper)",
                "INSERT INTO paper (id, name) VALUES (4711, 'hunter2')",
                "CREATE OR REPLACE FUNCTION reads_no_table() RETURNS void LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM * FROM absent_table; END $$");
    }

    static Stream<Failing> failing() {
        return Stream.of(
                Failing.of("\"paper_pkey\"", "INSERT INTO paper (id, name) VALUES (%s, 'x')", 4711),
                Failing.of("\"paper_name_key\"", "INSERT INTO paper (id, name) VALUES (1, %s)", SECRET),
                Failing.of("character varying(7)", "INSERT INTO paper (id, name) VALUES (1, %s)", SECRET + "x"),
                Failing.of(
                        "\"needed\"",
                        "INSERT INTO paper (id, name, needed) VALUES (1, %s, NULL)",
                        "x" + SECRET.substring(1)),
                Failing.of("\"paper_number_check\"", "INSERT INTO paper (id, number) VALUES (1, %s)", -4711),
                Failing.of("\"child_paper_fkey\"", "INSERT INTO child VALUES (%s)", 47110),
                Failing.of("type date: \"***\"", "INSERT INTO paper (id, day) VALUES (1, %s)", SECRET),
                Failing.of("type integer: \"***\"", "SELECT CAST(%s AS integer)", SECRET),
                Failing.of("type integer: \"***\"", "SELECT CAST(%s AS integer)", "\"" + SECRET + "\"x\""),
                Failing.of("type integer: \"***\"", "SELECT CAST(%s AS integer)", "it's " + SECRET),
                Failing.of("type json", "SELECT CAST(%s AS jsonb)", "{" + SECRET),
                Failing.of("tsquery: \"***\"", "SELECT CAST(%s AS tsquery)", SECRET + " &"),
                Failing.of("jsonpath", "SELECT CAST(%s AS jsonpath)", "$." + SECRET + " ["),
                Failing.of("relation \"***\" does not exist", "SELECT CAST(%s AS regclass)", SECRET),
                Failing.of("role \"***\" does not exist", "SELECT pg_has_role(%s, 'usage')", SECRET),
                Failing.of("array literal: \"***\"", "SELECT CAST(%s AS integer[])", "{" + SECRET),
                Failing.of("range literal: \"***\"", "SELECT CAST(%s AS int4range)", SECRET),
                Failing.of("type uuid: \"***\"", "SELECT CAST(%s AS uuid)", SECRET),
                Failing.of("type inet: \"***\"", "SELECT CAST(%s AS inet)", SECRET),
                Failing.of("type bytea", "SELECT CAST(%s AS bytea)", "\\" + SECRET),
                Failing.of("XML", "SELECT CAST(%s AS xml)", "<" + SECRET),
                Failing.of("encoding name \"***\"", "SELECT convert_to('x', %s)", SECRET),
                Failing.of("encoding: \"***\"", "SELECT decode('ab', %s)", SECRET),
                Failing.of("out of range: \"***\"", "SELECT CAST(%s AS timestamp)", "4711-99-99"),
                Failing.of("out of range: ***", "SELECT make_date(%s, 13, 1)", 4711),
                Failing.of("type integer: \"***\"", "SELECT CAST(name AS integer) FROM paper WHERE id <> %s", 0));
    }

    @Test
    @DisplayName("A name that a function of the database uses stays in the error")
    void keepsTheNamesInFunctions() {
        assertThat(catchThrowable(() -> databases().query("SELECT reads_no_table()")))
                .hasMessageContaining("relation \"absent_table\" does not exist");
    }

    @Test
    @DisplayName(
            "The names of what depends on a table stay in the error that refuses to drop it; the details of RAISE do not")
    void keepsTheNamesOfDependents() {
        assertThat(catchThrowable(() -> databases().execute("ALTER TABLE paper DROP COLUMN id")))
                .hasMessageContaining("child_paper_fkey");
        assertThat(catchThrowable(() -> databases()
                        .execute(
                                "DO $$ BEGIN RAISE 'no' USING ERRCODE = '2BP01', DETAIL = 'of hun' || 'ter2'; END $$")))
                .hasMessageContaining("2BP01")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    @DisplayName("A literal in the text of the statement stays in the error")
    void keepsLiterals() {
        assertThat(catchThrowable(() -> databases().query("SELECT CAST('literal' AS integer)")))
                .hasMessageContaining("type integer: \"literal\"");
        assertThat(catchThrowable(() -> databases().query("SELECT nam FROM paper")))
                .hasMessageContaining("column \"nam\" does not exist")
                .hasMessageContaining("Hint: Perhaps you meant to reference the column \"paper.name\"")
                .hasMessageContaining("Position: 8");
    }

    @Test
    @DisplayName("The setting valuesInErrors shows values and the server's details")
    void showsThemOnRequest() {
        try (Databases open = Databases.of(settings().valuesInErrors(true).build())) {
            assertThat(catchThrowable(() -> open.execute("INSERT INTO paper (id, name) VALUES (1, %s)", SECRET)))
                    .hasMessageContaining("Key (name)=(hunter2) already exists");
            assertThat(catchThrowable(() -> open.query("SELECT CAST(%s AS integer)", SECRET)))
                    .hasMessageContaining("type integer: \"hunter2\"");
        }
    }

    @Test
    @DisplayName("Rows are in no error of the DataSource either")
    void hidesDetailsInTheDataSource() {
        Throwable error = catchThrowable(() -> {
            try (var connection = databases().dataSource().getConnection();
                    var statement = connection.prepareStatement("INSERT INTO paper (id, name) VALUES (?, ?)")) {
                statement.setInt(1, 1);
                statement.setString(2, SECRET);
                statement.addBatch();
                statement.executeBatch();
            }
        });

        assertThat(error).isInstanceOf(java.sql.BatchUpdateException.class).hasMessageContaining("\"paper_name_key\"");
        assertThat(everythingOf(error)).doesNotContain(SECRET);
    }
}
