package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Databases;
import dev.mooring.error.TransactionManagementException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What JDBC promises of a connection of the {@code DataSource}: query timeouts, read-only, commits, several threads. */
@Tag("wrong-answers")
class DataSourcePromisesTest extends EngineTest {

    private static final String LONG =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000000) SELECT count(*) FROM n";

    @BeforeEach
    void insertItems() {
        databases.execute("INSERT INTO item VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    }

    @Test
    @Timeout(60)
    @DisplayName("setQueryTimeout ends a statement, and the connection goes on")
    void queryTimeoutEndsAStatement() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThat(statement.getQueryTimeout()).isEqualTo(1);
            assertThatThrownBy(() -> {
                        try (ResultSet rows = statement.executeQuery(LONG)) {
                            rows.next();
                        }
                    })
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.setQueryTimeout(-1)).isInstanceOf(SQLException.class);
        }
        assertThat(ids()).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("A read-only connection writes nothing with autocommit on, and writes again once it is not")
    void readOnlyStopsWritesWithAutocommitOn() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setReadOnly(true);
            assertThatThrownBy(() -> statement.execute("INSERT INTO item VALUES (4, 'four')"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
            assertThat(statement.executeQuery("SELECT id FROM item").next()).isTrue();
            statement.addBatch("INSERT INTO item VALUES (4, 'four')");
            assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
            statement.clearBatch();
            connection.setReadOnly(false);
            statement.execute("INSERT INTO item VALUES (5, 'five')");
            connection.setReadOnly(true);
        }
        databases.execute("INSERT INTO item VALUES (6, 'six')");
        assertThat(ids()).containsExactly(1, 2, 3, 5, 6);
    }

    @Test
    @DisplayName("isReadOnly is true for a read-only alias")
    void readOnlyAliasSaysSo() throws SQLException {
        try (Databases replica = Databases.of(databases.using("default").settings().toBuilder()
                        .readOnly(true)
                        .build());
                Connection connection = replica.dataSource().getConnection()) {
            assertThat(connection.isReadOnly()).isTrue();
        }
    }

    @Test
    @DisplayName("A commit that is refused inside atomic rolls the block back")
    void refusedCommitRollsTheBlockBack() {
        TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(databases.dataSource()));
        JdbcClient client = JdbcClient.create(databases.dataSource());
        assertThatThrownBy(() -> databases.atomic(() -> {
                    try {
                        template.executeWithoutResult(status -> client.sql("INSERT INTO item VALUES (4, 'lock')")
                                .update());
                    } catch (RuntimeException e) {
                        // As ShedLock does: no lock was had.
                        databases.query("SELECT 1");
                    }
                }))
                .hasStackTraceContaining("Could not commit on database 'default' inside atomic");
        assertThat(ids()).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("A refused commit that a library hides is an error at the end of the block that it rolls back")
    void aHiddenRefusalComesOutOfTheBlock() {
        assertThatThrownBy(() -> databases.atomic(this::insertAndHideTheRefusal))
                .isInstanceOf(TransactionManagementException.class)
                .hasMessageContaining("Rolled back an atomic block on database 'default'")
                .hasStackTraceContaining("Could not commit on database 'default' inside atomic");
        assertThat(ids()).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("In a nested block it is the error of that block, and the outer block goes on")
    void aHiddenRefusalEndsTheNestedBlockAlone() {
        databases.atomic(() -> {
            databases.execute("INSERT INTO item VALUES (5, 'outer')");
            assertThatThrownBy(() -> databases.atomic(this::insertAndHideTheRefusal))
                    .isInstanceOf(TransactionManagementException.class);
        });
        assertThat(ids()).containsExactly(1, 2, 3, 5);
    }

    @Test
    @DisplayName("A block that is to be rolled back anyway ends without an error after a hidden refusal")
    void aHiddenRefusalIsNoErrorWhereARollbackIsWanted() {
        databases.atomic(() -> {
            insertAndHideTheRefusal();
            databases.get().transaction().setRollback(true);
        });
        assertThat(ids()).containsExactly(1, 2, 3);
    }

    /** As ShedLock does, which answers that it got no lock. */
    private void insertAndHideTheRefusal() {
        TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(databases.dataSource()));
        Throwable hidden = catchThrowable(() ->
                template.executeWithoutResult(status -> databases.execute("INSERT INTO item VALUES (4, 'lock')")));
        assertThat(hidden).isNotNull();
    }

    @Test
    @DisplayName(
            "With autocommit off, questions about the connection begin no transaction: setReadOnly works after them")
    void questionsBeginNoTransaction() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            assertThat(connection.getTransactionIsolation()).isPositive();
            assertThat(connection.getMetaData().getDatabaseProductName()).isNotEmpty();
            connection.setReadOnly(true);
            assertThat(connection.isReadOnly()).isTrue();
            connection.rollback();
        }
    }

    @Test
    @DisplayName("Turning autocommit off inside atomic is accepted, for it is off")
    void autocommitIsOffInsideAtomic() throws SQLException {
        databases.<SQLException>atomic(() -> {
            try (Connection connection = databases.dataSource().getConnection()) {
                assertThat(connection.getAutoCommit()).isFalse();
                connection.setAutoCommit(false);
                connection.createStatement().execute("INSERT INTO item VALUES (4, 'four')");
            }
        });
        assertThat(ids()).containsExactly(1, 2, 3, 4);
    }

    @Test
    @DisplayName("A reader's rows are read by several threads, one at a time, as a step of Spring Batch does")
    void severalThreadsReadOneConnection() throws Exception {
        List<Integer> seen = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(3);
        try (Connection connection = databases.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM item ORDER BY id")) {
            for (int i = 0; i < 3; i++) {
                Future<Integer> read = workers.submit(() -> {
                    rows.next();
                    int id = rows.getInt(1);
                    JdbcClient.create(databases.dataSource())
                            .sql("SELECT count(*) FROM item")
                            .query(Integer.class)
                            .single();
                    return id;
                });
                seen.add(read.get(30, TimeUnit.SECONDS));
                assertThat(databases.query("SELECT 1")).hasSize(1);
            }
            workers.submit(() -> {
                        connection.close();
                        return true;
                    })
                    .get(30, TimeUnit.SECONDS);
        } finally {
            workers.shutdownNow();
        }
        assertThat(seen).containsExactly(1, 2, 3);
        assertThat(databases.using("default").counts().leased()).isZero();
    }

    private List<Integer> ids() {
        return databases.query("SELECT id FROM item ORDER BY id").stream()
                .map(row -> row.get("id", Integer.class))
                .toList();
    }
}
