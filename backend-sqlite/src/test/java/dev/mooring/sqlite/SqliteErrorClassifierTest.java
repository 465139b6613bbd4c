package dev.mooring.sqlite;

import static dev.mooring.error.ErrorKind.OPERATIONAL;
import static dev.mooring.error.ErrorKind.PROGRAMMING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ErrorVerdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteErrorClassifierTest {

    private final SqliteErrorClassifier classifier = new SqliteErrorClassifier();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SQLITE_CONSTRAINT_UNIQUE     | INTEGRITY   | INSERT INTO e (u) VALUES (1), (1)
            SQLITE_CONSTRAINT_PRIMARYKEY | INTEGRITY   | INSERT INTO e (a, u) VALUES (1, 1), (1, 2)
            SQLITE_CONSTRAINT_NOTNULL    | INTEGRITY   | INSERT INTO e (u) VALUES (NULL)
            SQLITE_CONSTRAINT_CHECK      | INTEGRITY   | INSERT INTO e (u) VALUES (-1)
            SQLITE_CONSTRAINT_FOREIGNKEY | INTEGRITY   | INSERT INTO e (u, p) VALUES (1, 7)
            SQLITE_MISMATCH              | INTEGRITY   | INSERT INTO e (a, u) VALUES ('x', 1)
            SQLITE_TOOBIG                | DATA        | SELECT zeroblob(3000000000)
            SQLITE_ERROR                 | OPERATIONAL | SELECT * FROM nowhere
            SQLITE_ERROR                 | OPERATIONAL | SELECT nothing FROM e
            SQLITE_ERROR                 | OPERATIONAL | SELEC 1
            SQLITE_ERROR                 | OPERATIONAL | COMMIT
            SQLITE_CANTOPEN              | OPERATIONAL | ATTACH '/no/such/folder/x.db' AS x
            SQLITE_FULL                  | OPERATIONAL | PRAGMA max_page_count = 5; INSERT INTO e (u, b) VALUES (1, zeroblob(1000000))
            """)
    void keepsAConnectionWhoseStatementWasAtFault(SQLiteErrorCode code, ErrorKind kind, String sql)
            throws SQLException {
        try (Connection connection = TestFile.open(TestFile.memory())) {
            TestFile.run(connection, "CREATE TABLE p (a INTEGER PRIMARY KEY)");
            TestFile.run(
                    connection,
                    "CREATE TABLE e (a INTEGER PRIMARY KEY, u INTEGER NOT NULL UNIQUE CHECK (u > 0),"
                            + " p INTEGER REFERENCES p (a), b BLOB)");
            String[] statements = sql.split("; ", -1);
            for (int i = 0; i < statements.length - 1; i++) {
                TestFile.run(connection, statements[i]);
            }

            SQLiteException error = provoked(connection, statements[statements.length - 1]);

            assertThat(error.getResultCode()).isEqualTo(code);
            assertThat(classifier.classify(error)).isEqualTo(ErrorVerdict.benign(kind));
            assertThat(TestFile.one(connection, "SELECT 1")).isEqualTo(1L);
        }
    }

    @Test
    void knowsAWriteThatIsRefused() throws SQLException {
        try (Connection connection = TestFile.open(TestFile.memory())) {
            TestFile.run(connection, "PRAGMA query_only = ON");

            SQLiteException error = provoked(connection, "CREATE TABLE t (a)");

            assertThat(error.getResultCode()).isEqualTo(SQLiteErrorCode.SQLITE_READONLY);
            assertThat(classifier.classify(error))
                    .isEqualTo(ErrorVerdict.benign(ErrorKind.OPERATIONAL).refusingWrite());
        }
    }

    @Test
    void keepsAConnectionThatWaitedForALockInVain() throws SQLException {
        var settings = TestFile.settings(folder.resolve("shop.db")).option("timeout", "0");
        try (Connection holder = TestFile.open(settings);
                Connection other = TestFile.open(settings)) {
            TestFile.run(holder, "BEGIN IMMEDIATE");

            SQLiteException error = provoked(other, "CREATE TABLE t (a)");

            assertThat(error.getResultCode()).isEqualTo(SQLiteErrorCode.SQLITE_BUSY);
            assertThat(classifier.classify(error)).isEqualTo(ErrorVerdict.locked());
        }
    }

    @Test
    void condemnsAConnectionWhoseFileIsGone() throws Exception {
        Path file = folder.resolve("shop.db");
        try (Connection connection = TestFile.open(TestFile.settings(file).option("journal_mode", "delete"))) {
            TestFile.run(connection, "CREATE TABLE t (a)");
            Files.delete(file);

            SQLiteException error = provoked(connection, "INSERT INTO t VALUES (1)");

            assertThat(error.getResultCode()).isEqualTo(SQLiteErrorCode.SQLITE_READONLY_DBMOVED);
            assertThat(classifier.classify(error)).isEqualTo(ErrorVerdict.connectionInvalid(OPERATIONAL));
        }
    }

    @Test
    void callsTheUseOfAClosedConnectionAProgrammingError() throws SQLException {
        Connection connection = TestFile.open(TestFile.memory());
        connection.close();

        SQLException error = catchThrowableOfType(SQLException.class, connection::createStatement);

        assertThat(classifier.classify(error)).isEqualTo(ErrorVerdict.connectionInvalid(PROGRAMMING));
    }

    /** Those that are hard to bring about here. */
    @ParameterizedTest
    @CsvSource({
        "SQLITE_NOMEM, OPERATIONAL, false",
        "SQLITE_IOERR, OPERATIONAL, false",
        "SQLITE_IOERR_FSYNC, OPERATIONAL, false",
        "SQLITE_CORRUPT, DATABASE, false",
        "SQLITE_CORRUPT_INDEX, DATABASE, false",
        "SQLITE_NOTADB, DATABASE, false",
        "SQLITE_MISUSE, INTERFACE, false",
        "SQLITE_INTERNAL, INTERNAL, false",
        "UNKNOWN_ERROR, DATABASE, false",
        "SQLITE_RANGE, INTERFACE, true",
        "SQLITE_AUTH, DATABASE, true",
        "SQLITE_LOCKED, OPERATIONAL, true",
        "SQLITE_LOCKED_SHAREDCACHE, OPERATIONAL, true",
        "SQLITE_BUSY_SNAPSHOT, TRANSACTION_CONFLICT, true",
        "SQLITE_INTERRUPT, OPERATIONAL, false",
        "SQLITE_PROTOCOL, OPERATIONAL, true",
        "SQLITE_SCHEMA, OPERATIONAL, true",
        "SQLITE_READONLY_DIRECTORY, OPERATIONAL, true",
        "SQLITE_CONSTRAINT_TRIGGER, INTEGRITY, true"
    })
    void goesByTheCode(SQLiteErrorCode code, ErrorKind kind, boolean benign) {
        assertThat(classifier.classify(new SQLiteException("made up", code)))
                .isEqualTo(benign ? ErrorVerdict.benign(kind) : ErrorVerdict.connectionInvalid(kind));
    }

    @Test
    void saysThatALockCanBeWaitedFor() {
        assertThat(classifier.classify(new SQLiteException("made up", SQLiteErrorCode.SQLITE_BUSY)))
                .isEqualTo(ErrorVerdict.locked());
    }

    @ParameterizedTest
    @EnumSource(SQLiteErrorCode.class)
    void refusesNobody(SQLiteErrorCode code) {
        assertThat(classifier.classify(new SQLiteException("made up", code)).isRefusal())
                .isFalse();
    }

    private static SQLiteException provoked(Connection connection, String sql) {
        SQLiteException error = catchThrowableOfType(SQLiteException.class, () -> TestFile.one(connection, sql));
        assertThat((Object) error).as(sql).isNotNull();
        return error;
    }
}
