package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Cursor;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ProgrammingException;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import dev.mooring.migrations.Operations;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQLite takes a parameter that nobody bound for NULL: so such a statement is refused. */
@Tag("wrong-answers")
class SqlitePlaceholdersTest extends PersonTable {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.sqlite(directory);
    }

    @BeforeEach
    void insert() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 36)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "?1", "?7", ":v", "@v", "$v", "$v::w(x)"})
    @DisplayName("A placeholder of the database's own notation is refused by name, in every way in")
    void namesThePlaceholder(String placeholder) {
        String update = "UPDATE person SET age = " + placeholder;
        String select = "SELECT id FROM person WHERE age IS " + placeholder;
        refused(placeholder, () -> databases.execute(update));
        refused(placeholder, () -> databases.execute(update, new Object[0]));
        refused(placeholder, () -> databases.execute(update + " WHERE id = %s", 1));
        refused(placeholder, () -> databases.execute("UPDATE person SET id = %s, age = " + placeholder, 1));
        refused(placeholder, () -> databases.execute(update + " WHERE id = %(id)s", Map.of("id", 1)));
        refused(placeholder, () -> databases.query(select));
        refused(placeholder, () -> databases.stream(select));
        try (Cursor cursor = databases.get().cursor()) {
            refused(placeholder, () -> cursor.execute(update));
            refused(placeholder, () -> cursor.executeMany(update + " WHERE id = %s", List.of(List.of(1), List.of(2))));
        }
        assertUnchanged();
    }

    @Test
    @DisplayName("A placeholder in the SQL of a migration is refused by name")
    void namesThePlaceholderInAMigration() {
        Migration migration =
                Migration.of("zoo", "0001_ages").with(Operations.sql("UPDATE person SET age = ? WHERE id = 1"));

        refused(
                "?",
                () -> new MigrationExecutor(databases, "default", List.of(migration))
                        .migrate(MigrationListener.none()));
        assertUnchanged();
    }

    @Test
    @DisplayName("What only looks like a placeholder, in texts, names and comments, is left alone")
    void leavesTextsNamesAndCommentsAlone() {
        databases.execute("CREATE TABLE [odd?:v] (\"a?b\" integer, `c:d` text)");
        databases.execute("INSERT INTO [odd?:v] VALUES (1, '?1 :v @v $v') -- ? :v\n");
        databases.execute("INSERT INTO [odd?:v] /* ?1 it's */ VALUES (%s, %s)", 2, "?");

        assertThat(databases
                        .query("SELECT `c:d` FROM [odd?:v] WHERE \"a?b\" = %s", 1)
                        .get(0)
                        .get(0))
                .isEqualTo("?1 :v @v $v");
        assertThat(databases
                        .query("SELECT json_extract('{\"a\": 5}', '$.a') AS a, a$b FROM (SELECT 3 AS a$b)")
                        .get(0)
                        .values())
                .containsExactly(5L, 3L);
    }

    @Test
    @DisplayName("Through the DataSource a statement with a parameter that was not set is refused")
    void refusesAParameterThatWasNotSet() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection()) {
            for (String sql :
                    List.of("UPDATE person SET age = ?", "UPDATE person SET age = ?1", "UPDATE person SET age = :v")) {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    refusedByJdbc("Parameter 1 of 1", statement::executeUpdate);
                    refusedByJdbc("Parameter 1 of 1", statement::execute);
                    refusedByJdbc("Parameter 1 of 1", statement::addBatch);
                    statement.setNull(1, Types.INTEGER);
                    statement.clearParameters();
                    refusedByJdbc("Parameter 1 of 1", statement::executeUpdate);
                }
            }
            try (PreparedStatement statement =
                    connection.prepareStatement("UPDATE person SET first_name = ?, age = ? WHERE id = ?")) {
                statement.setString(1, "Bob");
                statement.setInt(3, 1);
                refusedByJdbc("Parameter 2 of 3", statement::executeUpdate);
            }
            try (Statement statement = connection.createStatement()) {
                refusedByJdbc("PreparedStatement", () -> statement.execute("UPDATE person SET age = ?"));
                refusedByJdbc("PreparedStatement", () -> statement.executeUpdate("UPDATE person SET age = :v"));
                refusedByJdbc("PreparedStatement", () -> statement.executeQuery("SELECT ?"));
                refusedByJdbc("PreparedStatement", () -> statement.addBatch("UPDATE person SET age = @v"));
            }
        }
        assertUnchanged();
    }

    @Test
    @DisplayName(
            "Through the DataSource parameters that were set, to NULL too, stay set from one execution to the next")
    void runsWithParametersThatWereSet() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO person VALUES (?, ?, ?)");
                PreparedStatement twice = connection.prepareStatement("SELECT ?1, ?1 + 1, ?2")) {
            insert.setInt(1, 2);
            insert.setObject(2, null);
            insert.setNull(3, Types.INTEGER);
            assertThat(insert.executeUpdate()).isOne();
            insert.setInt(1, 3);
            assertThat(insert.executeUpdate()).isOne();
            insert.setInt(1, 4);
            insert.addBatch();
            insert.setInt(1, 5);
            insert.addBatch();
            assertThat(insert.executeBatch()).containsExactly(1, 1);
            twice.setInt(1, 8);
            twice.setString(2, "x");
            try (ResultSet rows = twice.executeQuery()) {
                assertThat(rows.getInt(2)).isEqualTo(9);
            }
        }
        assertThat(databases.query("SELECT id FROM person")).hasSize(5);
    }

    private void refused(String placeholder, ThrowingCallable call) {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(call)
                .withMessageContaining("'" + placeholder + "'")
                .withMessageContaining("%s");
    }

    private static void refusedByJdbc(String message, ThrowingCallable call) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(call)
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("07001"));
    }

    private void assertUnchanged() {
        assertThat(databases.query("SELECT * FROM person").get(0).values()).containsExactly(1L, "Ada", 36L);
    }
}
