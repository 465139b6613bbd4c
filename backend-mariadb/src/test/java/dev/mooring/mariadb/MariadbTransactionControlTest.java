package dev.mooring.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.IsolationLevel;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ErrorVerdict;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Transactions of MariaDB")
class MariadbTransactionControlTest {

    private final MariadbTransactionControl control = new MariadbTransactionControl(Duration.ofSeconds(10));
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = TestServer.open();
        TestServer.run(connection, "CREATE OR REPLACE TABLE t (a int PRIMARY KEY, b int)");
    }

    @AfterEach
    void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }

    @Test
    @DisplayName("They begin at once, and end in autocommit mode")
    void followsTheStateOfTheServer() throws SQLException {
        assertThat(control.status(connection)).isEqualTo(TransactionStatus.NONE);

        control.begin(connection, false);
        assertThat(control.status(connection)).isEqualTo(TransactionStatus.OPEN);
        TestServer.run(connection, "INSERT INTO t VALUES (1, 1)");
        control.commit(connection);
        assertThat(control.status(connection)).isEqualTo(TransactionStatus.NONE);

        control.begin(connection, false);
        TestServer.run(connection, "INSERT INTO t VALUES (2, 1)");
        control.rollback(connection);
        assertThat(TestServer.rows(connection, "SELECT a FROM t")).hasSize(1);
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @Test
    @DisplayName("What an error left of them is asked of the server")
    void asksTheServerAfterAnError() throws SQLException {
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> TestServer.run(connection, "SELEC 1"));
        assertThat(control.statusAfterError(connection)).isEqualTo(TransactionStatus.NONE);

        control.begin(connection, false);
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> TestServer.run(connection, "SELEC 1"));
        assertThat(control.statusAfterError(connection)).isEqualTo(TransactionStatus.OPEN);
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> TestServer.run(connection, "CREATE TABLE t (a int)"));
        assertThat(control.statusAfterError(connection)).isEqualTo(TransactionStatus.NONE);
    }

    @Test
    @DisplayName("A read-only one refuses to write, and the next one does not")
    void refusesToWriteWhenReadOnly() throws SQLException {
        control.begin(connection, true);
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> TestServer.run(connection, "INSERT INTO t VALUES (1, 1)"))
                .satisfies(e -> assertThat(new MariadbErrorClassifier().classify(e))
                        .isEqualTo(ErrorVerdict.benign(ErrorKind.OPERATIONAL).refusingWrite()));
        control.rollback(connection);

        control.begin(connection, false, IsolationLevel.SERIALIZABLE);
        TestServer.run(connection, "INSERT INTO t VALUES (1, 1)");
        control.commit(connection);
        assertThat(TestServer.one(connection, "SELECT @@tx_isolation")).isEqualTo("READ-COMMITTED");
    }

    @Test
    @DisplayName("Savepoints take back what came after them")
    void goesBackToASavepoint() throws SQLException {
        control.begin(connection, false);
        TestServer.run(connection, "INSERT INTO t VALUES (1, 1)");
        control.savepoint(connection, "s1");
        TestServer.run(connection, "INSERT INTO t VALUES (2, 1)");
        control.rollbackToSavepoint(connection, "s1");
        control.releaseSavepoint(connection, "s1");
        control.commit(connection);

        assertThat(TestServer.rows(connection, "SELECT a FROM t")).hasSize(1);
    }

    @Test
    @Timeout(60)
    @DisplayName("A deadlock rolls one of two back as a whole, and its connection stays valid")
    void survivesADeadlock() throws Exception {
        TestServer.run(connection, "INSERT INTO t VALUES (1, 0), (2, 0)");
        try (Connection other = TestServer.open()) {
            control.begin(connection, false);
            control.begin(other, false);
            TestServer.run(connection, "UPDATE t SET b = 1 WHERE a = 1");
            TestServer.run(other, "UPDATE t SET b = 1 WHERE a = 2");
            CountDownLatch begun = new CountDownLatch(1);
            SQLException[] errors = new SQLException[2];
            Thread waiting = new Thread(() -> {
                begun.countDown();
                errors[0] = failure(other, "UPDATE t SET b = 2 WHERE a = 1");
            });
            waiting.start();
            begun.await();
            errors[1] = failure(connection, "UPDATE t SET b = 2 WHERE a = 2");
            waiting.join();

            SQLException lost = errors[0] == null ? errors[1] : errors[0];
            assertThat(new MariadbErrorClassifier().classify(lost))
                    .isEqualTo(
                            ErrorVerdict.benign(ErrorKind.TRANSACTION_CONFLICT).rolledBack());
            assertThat(control.statusAfterError(errors[0] == null ? connection : other))
                    .isEqualTo(TransactionStatus.NONE);
            control.rollback(connection);
            control.rollback(other);
        }
    }

    private static SQLException failure(Connection connection, String sql) {
        try {
            TestServer.run(connection, sql);
            return null;
        } catch (SQLException e) {
            return e;
        }
    }
}
