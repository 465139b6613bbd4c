package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ErrorVerdict;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresTransactionControlTest {

    private final PostgresTransactionControl control = new PostgresTransactionControl(Duration.ofSeconds(10));
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = TestServer.open();
        TestServer.run(connection, "CREATE TEMP TABLE t (a int PRIMARY KEY)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void followsTheStateOfTheServer() throws SQLException {
        assertThat(control.status(connection)).isEqualTo(TransactionStatus.NONE);

        control.begin(connection, false);
        TestServer.run(connection, "INSERT INTO t VALUES (1)");
        assertThat(control.status(connection)).isEqualTo(TransactionStatus.OPEN);

        fail("SELECT 1/0");
        assertThat(control.status(connection)).isEqualTo(TransactionStatus.FAILED);

        control.rollback(connection);
        assertThat(control.status(connection)).isEqualTo(TransactionStatus.NONE);
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @Test
    void sendsNothingUntilTheFirstStatement() throws SQLException {
        control.begin(connection, false);

        assertThat(control.status(connection)).isEqualTo(TransactionStatus.NONE);
    }

    @Test
    void commitsWhatWasDone() throws SQLException {
        control.begin(connection, false);
        TestServer.run(connection, "INSERT INTO t VALUES (1)");
        control.commit(connection);

        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(TestServer.one(connection, "SELECT a FROM t")).isEqualTo(1);
    }

    @Test
    void doesNotPretendToCommitAnAbortedTransaction() throws SQLException {
        control.begin(connection, false);
        TestServer.run(connection, "INSERT INTO t VALUES (1)");
        fail("SELECT 1/0");

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> control.commit(connection))
                .satisfies(e -> assertThat(new PostgresErrorClassifier().classify(e))
                        .isEqualTo(ErrorVerdict.benign(ErrorKind.INTERNAL)));

        control.rollback(connection);
        assertThat(TestServer.one(connection, "SELECT a FROM t")).isNull();
    }

    @Test
    void letsAReadOnlyTransactionWriteNothing() throws SQLException {
        control.begin(connection, true);
        assertThat(TestServer.one(connection, "SHOW transaction_read_only")).isEqualTo("on");
        control.commit(connection);

        control.begin(connection, false);
        assertThat(TestServer.one(connection, "SHOW transaction_read_only")).isEqualTo("off");
        control.rollback(connection);
    }

    @Test
    void forgetsReadOnlyAfterARollbackToo() throws SQLException {
        control.begin(connection, true);
        control.rollback(connection);

        assertThat(connection.isReadOnly()).isFalse();
    }

    @Test
    void bringsATransactionBackFromASavepoint() throws SQLException {
        control.begin(connection, false);
        TestServer.run(connection, "INSERT INTO t VALUES (1)");
        control.savepoint(connection, "s1");
        fail("INSERT INTO t VALUES (1)");
        control.rollbackToSavepoint(connection, "s1");
        control.releaseSavepoint(connection, "s1");
        control.commit(connection);

        assertThat(TestServer.one(connection, "SELECT count(*) FROM t")).isEqualTo(1L);
    }

    private void fail(String sql) {
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> TestServer.run(connection, sql));
    }
}
