package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The type that text parameters have on PostgreSQL: the driver's through JDBC, none through the library's own calls. */
@Tag("wrong-answers")
class JdbcTextParametersTest {

    private final DatabaseSettings settings = EmptyDatabases.postgres();
    private Databases databases;

    @BeforeEach
    void open() {
        databases = Databases.of(settings);
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY, name varchar(50), data jsonb)");
        databases.execute("INSERT INTO item VALUES (1, 'one', '{}'), (2, 'two', '{}')");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELECT count(*) FROM item WHERE ? IS NULL OR name = ?; 1",
                "SELECT concat(?, ?); oneone",
                "SELECT ? || ?; oneone",
                "SELECT jsonb_build_object(?, ?)::text; {\"one\": \"one\"}",
                "SELECT coalesce(?, ?); one",
                "SELECT format('%s-%s', ?, ?); one-one",
                "SELECT pg_typeof(?)::text || pg_typeof(?)::text; character varyingcharacter varying",
                "SELECT max(id) FROM item WHERE name IN (?, ?); 1"
            })
    @DisplayName("A String parameter of the DataSource is a varchar, as with the driver")
    void textIsVarcharThroughTheDataSource(String sql, String expected) throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "one");
            statement.setObject(2, "one");
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(expected);
            }
        }
    }

    @Test
    @DisplayName("Spring's optional filter works with a value and with null")
    void optionalFilterOfSpring() {
        JdbcClient client = JdbcClient.create(databases.dataSource());
        String sql = "SELECT id FROM item WHERE :name IS NULL OR name = :name ORDER BY id";

        assertThat(client.sql(sql).param("name", "two").query(Integer.class).list())
                .containsExactly(2);
        assertThat(client.sql(sql)
                        .param("name", null, java.sql.Types.VARCHAR)
                        .query(Integer.class)
                        .list())
                .containsExactly(1, 2);
    }

    @Test
    @DisplayName("The library's own calls send text without a type, so that it suits a jsonb column")
    void textOfOurOwnCallsIsUntyped() {
        databases.execute("UPDATE item SET data = %s WHERE id = %s", "{\"a\": 1}", 1);

        assertThat(databases
                        .query("SELECT data ->> 'a' FROM item WHERE id = 1")
                        .get(0)
                        .get(0))
                .isEqualTo("1");
    }

    @Test
    @DisplayName("The option stringtype has the DataSource send text without a type, as pgjdbc's own does")
    void stringtypeIsAnOption() throws SQLException {
        try (Connection typed = databases.dataSource().getConnection()) {
            assertThatThrownBy(() -> setData(typed)).hasMessageContaining("jsonb");
        }
        try (Databases untyped = Databases.of(
                        settings.toBuilder().option("stringtype", "unspecified").build());
                Connection connection = untyped.dataSource().getConnection()) {
            assertThat(setData(connection)).isEqualTo(1);
        }
    }

    private static int setData(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE item SET data = ? WHERE id = 1")) {
            statement.setString(1, "{}");
            return statement.executeUpdate();
        }
    }
}
