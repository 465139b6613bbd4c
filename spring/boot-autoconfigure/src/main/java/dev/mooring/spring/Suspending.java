package dev.mooring.spring;

import dev.mooring.Database;
import dev.mooring.Suspension;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.NotSupportedException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSuspensionNotSupportedException;

/** Sets aside what a thread has under way on a database, and resumes it, as Spring's transaction managers are to do it. */
final class Suspending {

    private static final Logger LOG = LoggerFactory.getLogger(Suspending.class);

    private Suspending() {}

    /**
     * Suspends it.
     *
     * @throws CannotCreateTransactionException if that cannot be done; nothing is suspended then
     */
    static Suspension suspend(Database database) {
        return suspend(database, database::suspend);
    }

    /** Suspends it as long as {@code condition} is true; see {@link #suspend(Database)}. */
    static Suspension suspendWhile(Database database, BooleanSupplier condition) {
        return suspend(database, () -> database.suspendWhile(condition));
    }

    private static Suspension suspend(Database database, Supplier<Suspension> suspending) {
        try {
            return suspending.get();
        } catch (NotSupportedException e) {
            throw new TransactionSuspensionNotSupportedException(String.valueOf(e.getMessage()), e);
        } catch (DatabaseException e) {
            throw new CannotCreateTransactionException(
                    "Could not suspend the transaction on database '%s'".formatted(database.alias()), e);
        }
    }

    /** Resumes it. Logs a failure, for Spring restores what else it has suspended after this call. */
    static void resume(Database database, Suspension suspension) {
        try {
            suspension.close();
        } catch (DatabaseException e) {
            LOG.warn(
                    "What was done on database '{}' beside a suspended transaction could not be ended in good order",
                    database.alias(),
                    e);
        }
    }
}
