package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.kit.AfterCheck;
import dev.mooring.migrations.EmptyDatabases;
import java.io.StringReader;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgConnection;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is done on PostgreSQL without a statement of the DataSource's own is in the transaction, and nothing leads out of it. */
@Tag("wrong-answers")
class DataSourceTransactionBoundaryTest {

    private Databases databases;
    private AfterCheck check;

    @BeforeEach
    void open() {
        databases = Databases.of(EmptyDatabases.postgres());
        check = AfterCheck.of(databases);
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY, name text, tags integer[], big oid)");
        databases.execute("INSERT INTO item VALUES (1, 'one', '{1,2}', lo_from_bytea(0, '\\x010203'))");
    }

    @AfterEach
    void close() {
        check.closeAndVerify();
    }

    @Test
    @DisplayName("COPY through an unwrapped PGConnection is rolled back, first thing and after a commit")
    void copyIsInTheTransaction() throws Exception {
        try (Connection connection = databases.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            copyIn(copy, 2);
            connection.rollback();
            copyIn(copy, 3);
            connection.rollback();
            copyIn(copy, 4);
            connection.commit();
            copyIn(copy, 5);
            connection.rollback();
        }
        assertThat(ids()).containsExactly(1, 4);
    }

    @Test
    @DisplayName("What the driver knows by itself is asked without a transaction: its isolation can be set after that")
    void askingTheDriverBeginsNoTransaction() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.clearWarnings();
            assertThat((Throwable) connection.getWarnings()).isNull();
            assertThat(connection.nativeSQL("SELECT 1")).isEqualTo("SELECT 1");
            assertThat(connection.getHoldability()).isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
            assertThat(connection.getTypeMap()).isEmpty();
            assertThat(connection.getNetworkTimeout()).isNotNegative();
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setReadOnly(true);
            connection.commit();
        }
    }

    @Test
    @DisplayName(
            "COPY through an object unwrapped before autocommit was turned off is in the transaction, and committed by turning it on")
    void copyOfAnObjectUnwrappedBefore() throws Exception {
        try (Connection connection = databases.dataSource().getConnection()) {
            CopyManager copy = new CopyManager(connection.unwrap(BaseConnection.class));
            connection.setAutoCommit(false);
            copyIn(copy, 2);
            connection.rollback();
            copyIn(copy, 3);
            connection.setAutoCommit(true);
            copyIn(copy, 4);
            connection.setAutoCommit(false);
            copyIn(connection.unwrap(PgConnection.class).getCopyAPI(), 5);
        }
        assertThat(ids()).containsExactly(1, 3, 4);
    }

    @Test
    @DisplayName("COPY inside Spring's TransactionTemplate is rolled back with it")
    void copyInTransactionTemplate() {
        TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(databases.dataSource()));
        assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                    Connection connection = DataSourceUtils.getConnection(databases.dataSource());
                    try {
                        copyIn(connection.unwrap(PGConnection.class).getCopyAPI(), 2);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    throw new IllegalStateException("away with it");
                }))
                .hasMessage("away with it");
        assertThat(ids()).containsExactly(1);
    }

    @Test
    @DisplayName("A row that is updated after a commit is rolled back by the next rollback")
    void updatableRowIsInTheTransaction() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement =
                            connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                    ResultSet rows = statement.executeQuery("SELECT id, name FROM item")) {
                rows.next();
                connection.commit();
                rows.updateString("name", "changed");
                rows.updateRow();
                connection.rollback();
            }
        }
        assertThat(databases.query("SELECT name FROM item").get(0).get(0)).isEqualTo("one");
    }

    @Test
    @DisplayName("A large object works as the first thing in a transaction, and is rolled back with it")
    void largeObjectIsInTheTransaction() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection()) {
            Blob blob;
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT big FROM item")) {
                rows.next();
                blob = rows.getBlob(1);
            }
            connection.commit();
            blob.setBytes(1, new byte[] {9});
            connection.rollback();
        }
        assertThat(databases.query("SELECT lo_get(big) FROM item").get(0).get(0))
                .isEqualTo(new byte[] {1, 2, 3});
    }

    @Test
    @DisplayName("Nothing that comes out of a connection leads to the driver's own")
    void nothingLeadsToTheDriversConnection() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT tags, id, name FROM item")) {
            rows.next();
            for (Array array : List.of(
                    rows.getArray(1),
                    (Array) rows.getObject(1),
                    (Array) rows.getObject("tags", Map.of()),
                    rows.getObject(1, Array.class),
                    connection.createArrayOf("integer", new Object[] {1}),
                    connection.unwrap(PGConnection.class).createArrayOf("integer", new int[] {1}))) {
                try (ResultSet elements = array.getResultSet()) {
                    assertThat(elements.getStatement().getConnection()).isSameAs(connection);
                }
                try (ResultSet elements = array.getResultSet(1, 1)) {
                    assertThat(elements.getStatement().getConnection()).isSameAs(connection);
                }
            }
            assertThat(rows.getStatement()).isSameAs(statement);
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
            try (ResultSet tables = connection.getMetaData().getTables(null, null, "item", null)) {
                assertThat(tables.getStatement().getConnection()).isSameAs(connection);
            }
            assertThat(((Connection) connection.unwrap(BaseConnection.class))
                            .createStatement()
                            .getConnection())
                    .isSameAs(connection);
        }
    }

    @Test
    @DisplayName("Arrays that came out of a connection can be bound on it")
    void arraysAreBound() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                var statement = connection.prepareStatement("UPDATE item SET tags = ? WHERE id = ANY(?)")) {
            statement.setArray(1, connection.createArrayOf("integer", new Object[] {7}));
            statement.setObject(2, connection.createArrayOf("integer", new Object[] {1}));
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
        assertThat(databases.query("SELECT tags[1] FROM item").get(0).get(0)).isEqualTo(7);
    }

    @Test
    @DisplayName("Registering a type on the unwrapped PGConnection does not cost the connection; COPY does")
    void registeringTypesKeepsTheConnection() throws Exception {
        List<?> before = databases.query("SELECT pg_backend_pid()");
        for (int i = 0; i < 20; i++) {
            try (Connection connection = databases.dataSource().getConnection()) {
                PGConnection driver = connection.unwrap(PGConnection.class);
                driver.addDataType("point", org.postgresql.geometric.PGpoint.class);
                assertThat(driver.escapeLiteral("it's")).isEqualTo("it''s");
                assertThat(driver.getBackendPID()).isPositive();
            }
        }
        assertThat(databases.query("SELECT pg_backend_pid()").toString()).isEqualTo(before.toString());

        PGConnection kept;
        try (Connection connection = databases.dataSource().getConnection()) {
            kept = connection.unwrap(PGConnection.class);
            copyIn(kept.getCopyAPI(), 2);
        }
        assertThat(databases.query("SELECT pg_backend_pid()").toString()).isNotEqualTo(before.toString());
        assertThatThrownBy(kept::getBackendPID).hasMessageContaining("closed");
    }

    @Test
    @DisplayName("A savepoint that was released is refused, and the transaction goes on")
    void savepointReleasedTwice() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Savepoint outer = connection.setSavepoint();
            Savepoint inner = connection.setSavepoint("inner");
            connection.releaseSavepoint(outer);
            for (Savepoint gone : List.of(outer, inner)) {
                assertThatThrownBy(() -> connection.releaseSavepoint(gone))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("3B001"));
                assertThatThrownBy(() -> connection.rollback(gone)).hasMessageContaining("released");
            }
            statement.execute("INSERT INTO item (id) VALUES (2)");
            connection.commit();
            assertThatThrownBy(() -> connection.rollback(inner)).isInstanceOf(SQLException.class);
        }
        assertThat(ids()).containsExactly(1, 2);
    }

    private static void copyIn(CopyManager copy, int id) throws Exception {
        copy.copyIn("COPY item (id) FROM STDIN", new StringReader(id + "\n"));
    }

    private List<Integer> ids() {
        return databases.query("SELECT id FROM item ORDER BY id").stream()
                .map(row -> row.get("id", Integer.class))
                .toList();
    }
}
