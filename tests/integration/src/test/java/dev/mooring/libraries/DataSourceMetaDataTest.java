package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.sql.Wrapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGResultSetMetaData;

/** The metadata of columns and of parameters: on SQLite the driver's are its rows and its statement themselves. */
@Tag("wrong-answers")
class DataSourceMetaDataTest extends EngineTest {

    private static final List<Class<?>> LEADING =
            List.of(Connection.class, Statement.class, PreparedStatement.class, ResultSet.class);

    @BeforeEach
    void insertItems() {
        databases.execute("INSERT INTO item VALUES (1, 'one')");
    }

    @Test
    @DisplayName("Metadata cannot be cast to the driver's rows, statement or connection")
    void metaDataIsNothingElse() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection()) {
            metaData(connection)
                    .forEach((name, metaData) ->
                            assertThat(LEADING).as(name).noneMatch(type -> type.isInstance(metaData)));
        }
    }

    @Test
    @DisplayName("What metadata and rows unwrap to leads to no other connection than that which they came out of")
    void unwrappedLeadsToTheSameConnection() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection()) {
            for (Map.Entry<String, Wrapper> each : metaData(connection).entrySet()) {
                for (Class<?> type : LEADING) {
                    if (each.getValue().isWrapperFor(type)) {
                        assertThat(connectionOf(each.getValue().unwrap(type)))
                                .as("%s as %s", each.getKey(), type)
                                .isSameAs(connection);
                    }
                }
            }
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
                if (engine == Engine.SQLITE) {
                    assertThat(((ResultSet) rows.unwrap(ResultSetMetaData.class)).getStatement())
                            .isSameAs(statement);
                }
            }
        }
    }

    @Test
    @DisplayName("Metadata tells of columns and parameters, and does not cost the connection")
    void metaDataTells() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT name AS label FROM item WHERE id = ?")) {
            assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(1);
            statement.setInt(1, 1);
            try (ResultSet rows = statement.executeQuery()) {
                ResultSetMetaData columns = rows.getMetaData();
                assertThat(columns.getColumnCount()).isEqualTo(1);
                assertThat(columns.getColumnLabel(1)).isEqualTo("label");
                assertThat(columns.getColumnType(1)).isEqualTo(Types.VARCHAR);
                assertThat(rows.next()).isTrue();
                if (engine == Engine.POSTGRES) {
                    assertThat(columns.unwrap(PGResultSetMetaData.class).getBaseColumnName(1))
                            .isEqualTo("name");
                }
            }
        }
        assertThat(databases.query("SELECT id FROM item")).hasSize(1);
    }

    @Test
    @DisplayName("Asking for metadata with autocommit off begins no transaction")
    void metaDataBeginsNoTransaction() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
            ResultSetMetaData columns = rows.getMetaData();
            connection.setAutoCommit(false);
            assertThat(columns.getColumnName(1)).isEqualTo("id");
            connection.setReadOnly(true);
            connection.rollback();
        }
    }

    @Test
    @DisplayName("Metadata of a closed connection asks nothing of the connection that is the pool's again")
    void metaDataOfAClosedConnection() throws SQLException {
        Map<String, Wrapper> kept;
        try (Connection connection = databases.dataSource().getConnection()) {
            kept = metaData(connection);
        }
        for (Wrapper metaData : kept.values()) {
            assertThatThrownBy(() -> {
                        if (metaData instanceof ResultSetMetaData columns) {
                            columns.isAutoIncrement(1);
                        } else {
                            ((ParameterMetaData) metaData).getParameterCount();
                        }
                    })
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
        }
    }

    private static Map<String, Wrapper> metaData(Connection connection) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement("SELECT id, name FROM item WHERE id = ?");
        Map<String, Wrapper> found = new LinkedHashMap<>();
        found.put("the columns of a prepared statement", prepared.getMetaData());
        found.put("the parameters", prepared.getParameterMetaData());
        prepared.setInt(1, 1);
        found.put("the columns of its rows", prepared.executeQuery().getMetaData());
        ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM item");
        found.put("the columns of rows", rows.getMetaData());
        ResultSet tables = connection.getMetaData().getTables(null, null, "item", null);
        found.put("the columns of the list of tables", tables.getMetaData());
        return found;
    }

    private static Connection connectionOf(Object found) throws SQLException {
        return found instanceof ResultSet rows
                ? rows.getStatement().getConnection()
                : found instanceof Statement statement ? statement.getConnection() : (Connection) found;
    }
}
