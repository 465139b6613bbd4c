package dev.mooring.sqltext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.SqlSyntax;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Mooring reads in a text of SQL, against what the database itself does with it. */
@Tag("wrong-answers")
abstract class SqlAgainstEngineContract {

    private static final int SCRIPTS = 400;
    private static final int NONSENSE = 4_000;

    Databases databases;

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase();

    /** {@return a connection of the driver's, which leaves dividing a text to the database} */
    abstract Connection driver() throws SQLException;

    abstract GeneratedSql.Kind kind();

    /** {@return the type of a text in CAST} */
    String text() {
        return "text";
    }

    /** Has the database divide and run the text. */
    abstract int runWhole(Statement statement, String sql) throws SQLException;

    @BeforeEach
    void open() {
        databases = Databases.of(emptyDatabase());
        databases.execute("CREATE TABLE begin (" + kind().column() + " text)");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    @DisplayName("Generated scripts are divided where the database divides them, and their literals arrive unchanged")
    void dividesScriptsAsTheDatabaseDoes() throws SQLException {
        try (Connection connection = driver();
                Statement statement = connection.createStatement()) {
            for (int seed = 0; seed < SCRIPTS; seed++) {
                String script = new GeneratedSql(seed, kind(), seed % 2 == 0).script();
                runWhole(statement, script);
                List<String> expected = takeRows(statement);
                for (SqlStatement each : syntax().statements(script)) {
                    if (seed % 2 == 0) {
                        runWhole(statement, each.text());
                    } else {
                        databases.execute(each.text());
                    }
                }
                assertThat(takeRows(statement)).as("seed %s: %s", seed, script).isEqualTo(expected);
                assertThat(expected).isNotEmpty();
            }
        }
    }

    @Test
    @DisplayName("What the database takes of generated nonsense is as many statements to Mooring")
    void countsStatementsAsTheDatabaseDoes() throws SQLException {
        int taken = 0;
        try (Connection connection = driver();
                Statement statement = connection.createStatement()) {
            for (int seed = 0; seed < NONSENSE; seed++) {
                String sql = new GeneratedSql(seed, kind(), true).nonsense();
                int results;
                try {
                    results = runWhole(statement, sql);
                } catch (SQLException e) {
                    continue;
                }
                taken++;
                List<SqlStatement> statements = syntax().statements(sql);
                if (results >= 0) {
                    assertThat(statements.size()).as("seed %s: %s", seed, sql).isEqualTo(results);
                }
                for (SqlStatement each : statements) {
                    statement.execute(each.text());
                }
            }
        }
        assertThat(taken).isGreaterThan(200);
    }

    @Test
    @DisplayName("Placeholders are found outside generated literals and comments, and nowhere else")
    void findsPlaceholdersAsTheDatabaseDoes() {
        for (int seed = 0; seed < SCRIPTS; seed++) {
            GeneratedSql generated = new GeneratedSql(seed, kind(), false);
            String literal = generated.literal();
            String plain = "SELECT " + literal + " AS a /* ? ' %s */";
            String expected = databases.query(plain).get(0).getString("a");
            String bound = "SELECT CAST(%s AS " + text() + ") AS p, " + literal.replace("%", "%%")
                    + " AS a, CAST(%s AS " + text() + ") AS q -- ' %% ?\n";

            var row = databases.query(bound, "first", "second").get(0);

            assertThat(row.getString("a")).as("seed %s: %s", seed, bound).isEqualTo(expected);
            assertThat(row.getString("p")).isEqualTo("first");
            assertThat(row.getString("q")).isEqualTo("second");
        }
    }

    private SqlSyntax syntax() {
        return databases.using("default").backend().dialect().syntax();
    }

    /** {@return the rows that are there, in the order of their texts: that of the table changes with what the server tidies up} */
    private static List<String> takeRows(Statement statement) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("SELECT * FROM begin")) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        statement.executeUpdate("DELETE FROM begin");
        rows.sort(Comparator.nullsFirst(Comparator.naturalOrder()));
        return rows;
    }
}
