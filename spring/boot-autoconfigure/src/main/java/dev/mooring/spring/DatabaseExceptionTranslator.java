package dev.mooring.spring;

import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.DataException;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.NotSupportedException;
import dev.mooring.error.OperationalException;
import dev.mooring.error.ProgrammingException;
import dev.mooring.error.TransactionConflictException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.support.PersistenceExceptionTranslator;

/**
 * What the exceptions of {@link dev.mooring.Databases} are in Spring's hierarchy, for {@code @Repository} beans and commits. A
 * commit whose outcome is unknown and what breaks a rule of {@code atomic} stay as they are. Stateless.
 */
public final class DatabaseExceptionTranslator implements PersistenceExceptionTranslator {

    private static final String CANCELLED = "57014";
    private static final String DUPLICATE = "23505";

    // SQLite's driver makes no SQLSTATE, but begins its messages with SQLite's own codes.
    private static final String CANCELLED_IN_SQLITE = "[SQLITE_INTERRUPT]";
    private static final String DUPLICATE_IN_SQLITE = "UNIQUE constraint failed";
    /** The statement cannot be prepared: its syntax, or the name of a table or column, is wrong. */
    private static final String MALFORMED_IN_SQLITE = "[SQLITE_ERROR]";

    /** Makes one. */
    public DatabaseExceptionTranslator() {}

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException failure) {
        return failure instanceof DatabaseException ours ? translate(ours, ours) : null;
    }

    /** {@return what {@code kind} is in Spring's hierarchy, caused by {@code cause}; null if nothing} */
    @Nullable
    static DataAccessException translate(DatabaseException kind, Exception cause) {
        String message = String.valueOf(cause.getMessage());
        if (kind instanceof IntegrityException) {
            return isCausedBy(cause, DUPLICATE, DUPLICATE_IN_SQLITE)
                    ? new DuplicateKeyException(message, cause)
                    : new DataIntegrityViolationException(message, cause);
        } else if (kind instanceof TransactionConflictException) {
            return new CannotAcquireLockException(message, cause);
        } else if (kind instanceof CommitOutcomeUnknownException) {
            return null;
        } else if (kind instanceof LeaseTimeoutException) {
            return new DataAccessResourceFailureException(message, cause);
        } else if (kind instanceof OperationalException) {
            return operational(message, cause);
        } else if (kind instanceof DataException) {
            return new DataIntegrityViolationException(message, cause);
        } else if (kind instanceof ProgrammingException) {
            return new InvalidDataAccessResourceUsageException(message, cause);
        } else if (kind instanceof NotSupportedException) {
            return new InvalidDataAccessApiUsageException(message, cause);
        }
        return null;
    }

    private static DataAccessException operational(String message, Exception cause) {
        if (isCausedBy(cause, CANCELLED, CANCELLED_IN_SQLITE)) {
            return new QueryTimeoutException(message, cause);
        }
        return isCausedBy(cause, "", MALFORMED_IN_SQLITE)
                ? new InvalidDataAccessResourceUsageException(message, cause)
                : new DataAccessResourceFailureException(message, cause);
    }

    /** {@return whether a driver's exception with that SQLSTATE, or without one and with that text, is the cause} */
    private static boolean isCausedBy(Throwable failure, String state, String text) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException driver
                    && (state.equals(driver.getSQLState())
                            || String.valueOf(driver.getMessage()).contains(text))) {
                return true;
            }
        }
        return false;
    }
}
