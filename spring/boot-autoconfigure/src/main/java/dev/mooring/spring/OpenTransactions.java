package dev.mooring.spring;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * What the thread has begun or suspended through {@link AtomicTransactionManager}s and not ended. Spring trusts its callers to end the
 * innermost first; ended in another order by hand, transactions would leave resources bound to the thread.
 */
final class OpenTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);
    private static final ThreadLocal<@Nullable Open> INNERMOST = new ThreadLocal<>();

    private OpenTransactions() {}

    static void add(AtomicTransactionManager manager, DefaultTransactionStatus status) {
        INNERMOST.set(new Open(manager, status, INNERMOST.get()));
    }

    /** {@return whether anything was begun inside {@code status} and not ended} It is hereby rolled back. */
    static boolean rollBackInside(DefaultTransactionStatus status) {
        if (!isOpen(status)) {
            return false;
        }
        boolean found = false;
        for (Open each = INNERMOST.get(); each != null && each.status != status; each = INNERMOST.get()) {
            end(each);
            found = true;
        }
        return found;
    }

    private static boolean isOpen(DefaultTransactionStatus status) {
        Open each = INNERMOST.get();
        while (each != null && each.status != status) {
            each = each.outer;
        }
        return each != null;
    }

    /**
     * Forgets what has ended.
     *
     * @return whether anything was begun inside it and not ended; it is hereby rolled back
     */
    static boolean forgetEnded() {
        boolean found = false;
        for (Open each = INNERMOST.get(); each != null && isAnyCompleted(); each = INNERMOST.get()) {
            found |= !each.status.isCompleted();
            end(each);
        }
        return found;
    }

    /** Rolls back all that the thread has open. */
    static void rollBackAll() {
        for (Open each = INNERMOST.get(); each != null; each = INNERMOST.get()) {
            if (!each.status.isCompleted()) {
                LOG.warn("A transaction that was begun by hand was left open and is rolled back");
            }
            end(each);
        }
    }

    private static boolean isAnyCompleted() {
        Open each = INNERMOST.get();
        while (each != null && !each.status.isCompleted()) {
            each = each.outer;
        }
        return each != null;
    }

    private static void end(Open innermost) {
        if (innermost.outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(innermost.outer);
        }
        if (!innermost.status.isCompleted()) {
            innermost.rollBack();
        }
    }

    private record Open(
            AtomicTransactionManager manager,
            DefaultTransactionStatus status,
            @Nullable Open outer) {

        void rollBack() {
            try {
                manager.rollback(status);
            } catch (TransactionException | IllegalStateException e) {
                LOG.warn(
                        "A transaction that was open when the one around it was ended could not be rolled back in good order",
                        e);
            }
        }
    }
}
