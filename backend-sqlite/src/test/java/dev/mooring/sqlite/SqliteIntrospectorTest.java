package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spi.SqlRunner;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SqliteIntrospectorTest {

    private final SqliteIntrospector introspector = new SqliteIntrospector();

    @Test
    void namesTheTablesByCodePointAndTheViewsIfWanted() throws SQLException {
        try (Connection connection = TestFile.open(TestFile.memory())) {
            TestFile.run(connection, "CREATE TABLE b (a INTEGER PRIMARY KEY AUTOINCREMENT)");
            TestFile.run(connection, "CREATE TABLE \"C\" (a)");
            TestFile.run(connection, "CREATE TABLE \"ä\" (a)");
            TestFile.run(connection, "CREATE VIEW seen AS SELECT 1 AS a");
            SqlRunner sql = TestFile.runner(connection);

            assertThat(introspector.tableNames(sql, false)).containsExactly("C", "b", "ä");
            assertThat(introspector.tableNames(sql, true)).containsExactly("C", "b", "seen", "ä");
        }
    }
}
