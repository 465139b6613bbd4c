package dev.mooring.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.RequiresMariadb;
import dev.mooring.transactions.TestDatabases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("wrong-answers")
@RequiresMariadb
class MariadbValuesInErrorsTest extends ValuesInErrorsContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb();
    }

    @Override
    List<String> tables() {
        return List.of(
                "DROP TABLE IF EXISTS child",
                "DROP TABLE IF EXISTS paper",
                "CREATE TABLE paper (id integer PRIMARY KEY, name varchar(7) UNIQUE, day date, number integer,"
                        + " needed varchar(20) NOT NULL DEFAULT '', CONSTRAINT positive CHECK (number > 0))",
                "CREATE TABLE child (paper integer, CONSTRAINT of_paper FOREIGN KEY (paper) REFERENCES paper (id))",
                "INSERT INTO paper (id, name) VALUES (4711, 'hunter2')");
    }

    static Stream<Failing> failing() {
        return Stream.of(
                Failing.of("'***' for key 'PRIMARY'", "INSERT INTO paper (id, name) VALUES (%s, 'x')", 4711),
                Failing.of("'***' for key 'name'", "INSERT INTO paper (id, name) VALUES (1, %s)", SECRET),
                Failing.of(
                        "for column 'name'", "INSERT INTO paper (id, name) VALUES (1, %s)", SECRET + " and more of it"),
                Failing.of("Column 'needed'", "INSERT INTO paper (id, name, needed) VALUES (1, %s, NULL)", "hunter3"),
                Failing.of("`positive`", "INSERT INTO paper (id, number) VALUES (1, %s)", -4711),
                Failing.of("`of_paper`", "INSERT INTO child VALUES (%s)", 47110),
                Failing.of("date value: '***'", "INSERT INTO paper (id, day) VALUES (1, %s)", SECRET),
                Failing.of("integer value: '***'", "INSERT INTO paper (id, number) VALUES (1, %s)", SECRET),
                Failing.of("value: '***'", "INSERT INTO paper (id, day) VALUES (1, %s)", "it's " + SECRET),
                Failing.of("value: '***'", "INSERT INTO paper (id, day) VALUES (1, %s)", "a' for column " + SECRET),
                Failing.of("value: '***'", "UPDATE paper SET number = CAST(%s AS integer)", SECRET),
                Failing.of(
                        "character set", "INSERT INTO paper (id, name) VALUES (1, CONVERT(%s USING nothing))", SECRET),
                Failing.of("for column 'number'", "INSERT INTO paper (id, number) VALUES (1, %s)", 47_110_000_000L),
                Failing.of("'***'", "DO EXTRACTVALUE('<a/>', %s)", "/" + SECRET + "["));
    }

    @Test
    @DisplayName("A literal in the text of the statement stays in the error, and so do names")
    void keepsLiterals() {
        assertThat(catchThrowable(() -> databases().execute("INSERT INTO paper (id, day) VALUES (1, 'literal')")))
                .hasMessageContaining("for column");
        assertThat(catchThrowable(() -> databases().query("SELECT nam FROM paper")))
                .hasMessageContaining("'nam'");
        assertThat(catchThrowable(() -> databases().query("SELECT name FROM no_paper")))
                .hasMessageContaining("no_paper");
    }

    @Test
    @DisplayName("The setting valuesInErrors shows values")
    void showsThemOnRequest() {
        try (Databases open = Databases.of(settings().valuesInErrors(true).build())) {
            assertThat(catchThrowable(() -> open.execute("INSERT INTO paper (id, name) VALUES (1, %s)", SECRET)))
                    .hasMessageContaining("Duplicate entry 'hunter2' for key 'name'");
        }
    }
}
