package dev.mooring.spring;

import dev.mooring.Database;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionStatus;

/**
 * What the thread has begun or suspended through {@link AtomicTransactionManager}s, or through others with a
 * {@link SuspendingListener}, and not ended. Spring trusts its callers to end the innermost first; ended in another order by hand,
 * transactions would leave resources bound to the thread.
 */
final class OpenTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);
    private static final ThreadLocal<@Nullable Open> INNERMOST = new ThreadLocal<>();

    private OpenTransactions() {}

    static void add(PlatformTransactionManager manager, TransactionStatus status) {
        INNERMOST.set(new Open(manager, status, INNERMOST.get()));
    }

    /** Forgets {@code status}, which ends in good order. */
    static void remove(TransactionStatus status) {
        setInnermost(without(INNERMOST.get(), status));
    }

    private static @Nullable Open without(@Nullable Open open, TransactionStatus status) {
        if (open == null || open.status == status) {
            return open == null ? null : open.outer;
        }
        return new Open(open.manager, open.status, without(open.outer, status));
    }

    private static void setInnermost(@Nullable Open open) {
        if (open == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(open);
        }
    }

    /** {@return whether anything was begun inside {@code status} and not ended} It is hereby rolled back. */
    static boolean rollBackInside(TransactionExecution status) {
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

    static IllegalTransactionStateException endedTooEarly(Database database) {
        return new IllegalTransactionStateException(
                ("A transaction on database '%s' was ended before one that was begun inside it; both are rolled back."
                                + " End the innermost first, best by TransactionTemplate or @Transactional")
                        .formatted(database.alias()));
    }

    private static boolean isOpen(TransactionExecution status) {
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
        setInnermost(innermost.outer);
        if (!innermost.status.isCompleted()) {
            innermost.rollBack();
        }
    }

    private record Open(
            PlatformTransactionManager manager,
            TransactionStatus status,
            @Nullable Open outer) {

        void rollBack() {
            try {
                manager.rollback(status);
            } catch (RuntimeException e) {
                LOG.warn(
                        "A transaction that was open when the one around it was ended could not be rolled back in good order",
                        e);
            }
        }
    }
}
