package dev.mooring.sqlite;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ErrorClassifier;
import dev.mooring.spi.ErrorOrigin;
import dev.mooring.spi.ErrorVerdict;
import dev.mooring.spi.HiddenValues;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Goes by SQLite's result codes, as Python's {@code sqlite3} module does; there are no SQLSTATEs.
 *
 * <p>Nothing is a refusal: whoever can open the file gets a connection.
 */
final class SqliteErrorClassifier implements ErrorClassifier {

    /** Values that SQLite does not quote: a path for ATTACH or VACUUM INTO, a column in a search of an FTS5 table. */
    private static final Pattern UNQUOTED = Pattern.compile("((?:unable to open database|no such column): )([^)]*)");

    private static final ErrorOrigin ORIGIN = new ErrorOrigin(List.of("org.sqlite.", "dev.mooring.sqlite."), Set.of());

    @Override
    public ErrorVerdict classify(SQLException error) {
        if (error instanceof BatchUpdateException && error.getCause() instanceof SQLException cause) {
            // Some of it was done: it is never tried again, whatever lock was in the way.
            ErrorVerdict verdict = classify(cause);
            return verdict.isLocked() ? ErrorVerdict.benign(verdict.kind()) : verdict;
        }
        if (!(error instanceof SQLiteException driver)) {
            // The driver's own checks: a wrong number, a query that has no rows. Nothing of SQLite's was begun by them.
            return isSound(error)
                    ? ErrorVerdict.benign(ErrorKind.PROGRAMMING)
                    : ErrorVerdict.connectionInvalid(ErrorKind.PROGRAMMING);
        }
        int code = driver.getResultCode().code;
        if (code == SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT.code) {
            // What was read is out of date: trying again cannot help, only beginning again.
            return ErrorVerdict.benign(ErrorKind.TRANSACTION_CONFLICT);
        }
        if (code == SQLiteErrorCode.SQLITE_READONLY.code) {
            return ErrorVerdict.benign(ErrorKind.OPERATIONAL).refusingWrite();
        }
        return code == SQLiteErrorCode.SQLITE_READONLY_DBMOVED.code
                // The file was deleted or replaced: what this connection sees, nobody else does.
                ? ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL)
                : byPrimaryCode(code & 0xFF);
    }

    @Override
    public String withoutValues(SQLException error, String shown) {
        String message = ErrorClassifier.super.withoutValues(error, shown);
        Matcher value = UNQUOTED.matcher(message);
        return value.find() && !shown.contains(value.group(2))
                ? message.substring(0, value.start(2)) + HiddenValues.HIDDEN + message.substring(value.end(2))
                : message;
    }

    /** "cannot VACUUM from within a transaction", "Safety level may not be changed inside a transaction": there is no code. */
    @Override
    public boolean refusesTransaction(SQLException error) {
        String message = String.valueOf(error.getMessage());
        return message.contains("within a transaction")
                || message.contains("within transaction")
                || message.contains("inside a transaction");
    }

    /** There is no wire. A statement that an exception left half done holds a lock, but no longer than until it is closed. */
    @Override
    public boolean isSoundAfter(RuntimeException error) {
        return ORIGIN.isOutsideProtocol(error);
    }

    private static boolean isSound(SQLException error) {
        return (error.getSQLState() == null || !error.getSQLState().startsWith("08"))
                && ORIGIN.isOutsideProtocol(error);
    }

    private static ErrorVerdict byPrimaryCode(int code) {
        return switch (code) {
            // BUSY
            case 5 -> ErrorVerdict.locked();
            // ERROR (bad SQL, no such table), PERM, ABORT, LOCKED, READONLY, FULL, CANTOPEN, PROTOCOL,
            // SCHEMA
            case 1, 3, 4, 6, 8, 13, 14, 15, 17 -> ErrorVerdict.benign(ErrorKind.OPERATIONAL);
            // NOMEM, INTERRUPT, IOERR: SQLite may have ended the transaction by itself, and the next statement would
            // commit.
            case 7, 9, 10 -> ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL);
            // TOOBIG
            case 18 -> ErrorVerdict.benign(ErrorKind.DATA);
            // CONSTRAINT, MISMATCH
            case 19, 20 -> ErrorVerdict.benign(ErrorKind.INTEGRITY);
            // INTERNAL, NOTFOUND
            case 2, 12 -> ErrorVerdict.connectionInvalid(ErrorKind.INTERNAL);
            // MISUSE
            case 21 -> ErrorVerdict.connectionInvalid(ErrorKind.INTERFACE);
            // RANGE
            case 25 -> ErrorVerdict.benign(ErrorKind.INTERFACE);
            // AUTH
            case 23 -> ErrorVerdict.benign(ErrorKind.DATABASE);
            // CORRUPT, NOTADB and whatever is new
            default -> ErrorVerdict.connectionInvalid(ErrorKind.DATABASE);
        };
    }
}
