package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ErrorVerdict;
import dev.mooring.spi.TransactionStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteTransactionControlTest {

    @TempDir
    private Path folder;

    private final SqliteTransactionControl control = new SqliteTransactionControl("IMMEDIATE");
    private Connection connection;
    private Connection other;

    @BeforeEach
    void open() throws SQLException {
        var settings = TestFile.settings(folder.resolve("shop.db")).option("timeout", "0");
        connection = TestFile.open(settings);
        other = TestFile.open(settings);
        TestFile.run(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY, b)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        other.close();
    }

    @Test
    void takesTheWritersLockAtOnce() throws SQLException {
        control.begin(connection, false);

        assertThat(codeOf(() -> TestFile.run(other, "INSERT INTO t VALUES (1, 2)")))
                .isEqualTo(SQLiteErrorCode.SQLITE_BUSY);
        assertThat(TestFile.one(other, "SELECT count(*) FROM t")).isEqualTo(0L);
        control.rollback(connection);
    }

    @Test
    void takesNoLockForAReader() throws SQLException {
        control.begin(connection, true);
        TestFile.one(connection, "SELECT count(*) FROM t");

        TestFile.run(other, "INSERT INTO t VALUES (1, 2)");

        assertThat(TestFile.one(connection, "SELECT count(*) FROM t")).isEqualTo(0L);
        control.commit(connection);
        assertThat(TestFile.one(connection, "SELECT count(*) FROM t")).isEqualTo(1L);
    }

    @Test
    void refusesAReadersWritesUntilItsEnd() throws SQLException {
        control.begin(connection, true);
        assertThat(codeOf(() -> TestFile.run(connection, "INSERT INTO t VALUES (1, 2)")))
                .isEqualTo(SQLiteErrorCode.SQLITE_READONLY);
        control.rollback(connection);
        TestFile.run(connection, "INSERT INTO t VALUES (1, 2)");

        control.begin(connection, true);
        assertThat(codeOf(() -> TestFile.run(connection, "CREATE TABLE u (a)")))
                .isEqualTo(SQLiteErrorCode.SQLITE_READONLY);
        control.commit(connection);
        TestFile.run(connection, "INSERT INTO t VALUES (2, 2)");

        assertThat(TestFile.one(other, "SELECT count(*) FROM t")).isEqualTo(2L);
    }

    @Test
    void refusesNoWritesOnceAReadersTransactionHasEndedBehindItsBack() throws SQLException {
        control.begin(connection, true);
        TestFile.run(connection, "ROLLBACK");

        control.rollback(connection);

        TestFile.run(connection, "INSERT INTO t VALUES (1, 2)");
    }

    @Test
    void leavesAConnectionReadOnlyThatWasSo() throws SQLException {
        TestFile.run(connection, "PRAGMA query_only = ON");

        control.begin(connection, true);
        control.commit(connection);

        assertThat(TestFile.one(connection, "PRAGMA query_only")).isEqualTo(1L);
    }

    @Test
    void takesTheModeItIsGiven() throws SQLException {
        SqliteTransactionControl deferred = new SqliteTransactionControl("DEFERRED");
        deferred.begin(connection, false);

        TestFile.run(other, "INSERT INTO t VALUES (1, 2)");

        deferred.rollback(connection);
    }

    @Test
    void commitsAndRollsBack() throws SQLException {
        control.begin(connection, false);
        TestFile.run(connection, "INSERT INTO t VALUES (1, 'kept')");
        control.commit(connection);
        control.begin(connection, false);
        TestFile.run(connection, "INSERT INTO t VALUES (2, 'lost')");
        control.rollback(connection);

        assertThat(TestFile.one(other, "SELECT group_concat(b) FROM t")).isEqualTo("kept");
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @Test
    void seesWhetherATransactionIsOpen() throws SQLException {
        assertThat(control.status(connection)).isEqualTo(TransactionStatus.NONE);
        control.begin(connection, false);
        TestFile.run(connection, "INSERT INTO t VALUES (1, 'a')");

        assertThat(control.status(connection)).isEqualTo(TransactionStatus.OPEN);

        control.commit(connection);
        assertThat(control.status(connection)).isEqualTo(TransactionStatus.NONE);
        assertThat(TestFile.one(other, "SELECT b FROM t")).isEqualTo("a");
    }

    @Test
    void looksWithoutTakingALock() throws SQLException {
        control.begin(connection, false);

        assertThat(control.status(other)).isEqualTo(TransactionStatus.NONE);

        control.rollback(connection);
    }

    @Test
    void noticesThatAFullDatabaseEndedTheTransaction() throws SQLException {
        TestFile.run(connection, "PRAGMA max_page_count = 5");
        control.begin(connection, false);
        TestFile.run(connection, "INSERT INTO t VALUES (1, 'first')");

        assertThat(codeOf(() -> TestFile.run(connection, "INSERT INTO t VALUES (2, zeroblob(1000000))")))
                .isEqualTo(SQLiteErrorCode.SQLITE_FULL);
        assertThat(control.status(connection)).isEqualTo(TransactionStatus.NONE);
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> control.commit(connection));

        control.rollback(connection);
        assertThat(TestFile.one(connection, "SELECT count(*) FROM t")).isEqualTo(0L);
    }

    @Test
    void rollsBackWhatIsAlreadyGone() throws SQLException {
        control.begin(connection, false);
        TestFile.run(connection, "INSERT OR IGNORE INTO t VALUES (1, 'a')");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> TestFile.run(connection, "INSERT OR ROLLBACK INTO t VALUES (1, 'b')"));

        assertThat(control.status(connection)).isEqualTo(TransactionStatus.NONE);
        control.rollback(connection);

        assertThat(TestFile.one(connection, "SELECT count(*) FROM t")).isEqualTo(0L);
    }

    @Test
    void refusesToCommitWhatIsAlreadyGone() throws SQLException {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> control.commit(connection))
                .satisfies(e -> assertThat(new SqliteErrorClassifier().classify(e))
                        .isEqualTo(ErrorVerdict.benign(ErrorKind.OPERATIONAL)));
    }

    @Test
    void bringsATransactionBackFromASavepoint() throws SQLException {
        control.begin(connection, false);
        TestFile.run(connection, "INSERT INTO t VALUES (1, 'kept')");
        control.savepoint(connection, "s1");
        TestFile.run(connection, "INSERT INTO t VALUES (2, 'lost')");
        control.rollbackToSavepoint(connection, "s1");
        control.releaseSavepoint(connection, "s1");
        control.commit(connection);

        assertThat(TestFile.one(connection, "SELECT group_concat(b) FROM t")).isEqualTo("kept");
    }

    @Test
    void saysWhenItCannotTell() throws SQLException {
        connection.close();

        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> control.status(connection));
    }

    private static SQLiteErrorCode codeOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        SQLiteException error = org.assertj.core.api.Assertions.catchThrowableOfType(SQLiteException.class, call);
        assertThat((Object) error).isNotNull();
        return SQLiteErrorCode.getErrorCode(error.getErrorCode());
    }
}
