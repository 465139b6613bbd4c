package dev.mooring.faults;

import dev.mooring.kit.Fault;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * How a call of the driver fails.
 *
 * @param benign whether the backend knows that the connection is none the worse for it
 */
record FailureKind(String name, boolean benign, Fault fault) {

    private static final List<FailureKind> EVERYWHERE = List.of(
            new FailureKind("lost", false, Fault.loseConnection()),
            new FailureKind("answer lost", false, Fault.loseConnection().afterTheCall()),
            new FailureKind("unchecked", false, Fault.raise(InjectedException::new)),
            new FailureKind("error", false, Fault.raise(InjectedError::new)));

    static List<FailureKind> ofPostgres() {
        return with(Fault.sqlState("23505"), Fault.sqlState("40001"), Fault.sqlState("57P01"));
    }

    /** SQLite has no SQLSTATEs. */
    static List<FailureKind> ofSqlite() {
        return with(
                sqlite(SQLiteErrorCode.SQLITE_CONSTRAINT),
                sqlite(SQLiteErrorCode.SQLITE_BUSY),
                Fault.sqlState("57P01"));
    }

    /** A duplicate, a lock that was waited for too long, a connection that was killed: the server's numbers decide. */
    static List<FailureKind> ofMariadb() {
        return with(mariadb(1062, "23000"), mariadb(1205, "HY000"), mariadb(1927, "70100"));
    }

    private static List<FailureKind> with(Fault benign, Fault retryable, Fault fatal) {
        return Stream.concat(
                        Stream.of(
                                new FailureKind("benign", true, benign),
                                new FailureKind("retryable", true, retryable),
                                new FailureKind("fatal", false, fatal)),
                        EVERYWHERE.stream())
                .toList();
    }

    private static Fault mariadb(int number, String sqlState) {
        return Fault.raise(() -> new SQLException("Injected: " + number, sqlState, number));
    }

    private static Fault sqlite(SQLiteErrorCode code) {
        return Fault.raise(() -> (SQLException) new SQLiteException("Injected: " + code, code));
    }

    /** What a driver with a bug throws. */
    static final class InjectedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What a driver throws deep in a stack. */
    static final class InjectedError extends StackOverflowError {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public String toString() {
        return name;
    }
}
