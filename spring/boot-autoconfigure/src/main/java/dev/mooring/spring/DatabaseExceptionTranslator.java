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
    /** How SQLite begins the message, of which its driver makes no SQLSTATE. */
    private static final String DUPLICATE_IN_SQLITE = "UNIQUE constraint failed";

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
            return isDuplicate(cause)
                    ? new DuplicateKeyException(message, cause)
                    : new DataIntegrityViolationException(message, cause);
        } else if (kind instanceof TransactionConflictException) {
            return new CannotAcquireLockException(message, cause);
        } else if (kind instanceof CommitOutcomeUnknownException) {
            return null;
        } else if (kind instanceof LeaseTimeoutException) {
            return new DataAccessResourceFailureException(message, cause);
        } else if (kind instanceof OperationalException) {
            return CANCELLED.equals(state(cause))
                    ? new QueryTimeoutException(message, cause)
                    : new DataAccessResourceFailureException(message, cause);
        } else if (kind instanceof DataException) {
            return new DataIntegrityViolationException(message, cause);
        } else if (kind instanceof ProgrammingException) {
            return new InvalidDataAccessResourceUsageException(message, cause);
        } else if (kind instanceof NotSupportedException) {
            return new InvalidDataAccessApiUsageException(message, cause);
        }
        return null;
    }

    private static boolean isDuplicate(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException driver
                    && (DUPLICATE.equals(driver.getSQLState())
                            || String.valueOf(driver.getMessage()).contains(DUPLICATE_IN_SQLITE))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String state(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException driver) {
                return driver.getSQLState();
            }
        }
        return null;
    }
}
