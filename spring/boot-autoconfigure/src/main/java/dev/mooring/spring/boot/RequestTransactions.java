package dev.mooring.spring.boot;

import dev.mooring.Database;
import dev.mooring.spring.AtomicTransactionManager;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.AbstractTransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** The transactions around one handler, one on each database that wants it. For the thread that began them. */
final class RequestTransactions implements AutoCloseable {

    private final Deque<Begun> begun = new ArrayDeque<>();

    private RequestTransactions() {}

    /** Begins one with each of {@code managers}; the first is the outermost. */
    static RequestTransactions begin(Collection<PlatformTransactionManager> managers, String name) {
        RequestTransactions made = new RequestTransactions();
        try {
            for (PlatformTransactionManager manager : managers) {
                made.begun.push(Begun.of(manager, definition(manager, name)));
            }
            return made;
        } catch (Throwable e) {
            made.close();
            throw e;
        }
    }

    /** In a test's own transaction, what a request did can be rolled back alone, unless JPA manages it. */
    private static DefaultTransactionDefinition definition(PlatformTransactionManager manager, String name) {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition(
                manager instanceof AtomicTransactionManager
                        ? TransactionDefinition.PROPAGATION_NESTED
                        : TransactionDefinition.PROPAGATION_REQUIRED);
        definition.setName(name);
        return definition;
    }

    /**
     * Commits what is open, the innermost first. If one fails, those around it stay open. Commits none of them if one is marked for
     * rollback: where the handler has marked it itself, all are rolled back and its answer stands.
     *
     * @throws UnexpectedRollbackException if something else has marked one, such as a method that failed in it; all stay open
     */
    void commit() {
        if (begun.stream().anyMatch(Begun::isMarkedByHandler)) {
            close();
            return;
        }
        if (begun.stream().anyMatch(Begun::isMarked)) {
            throw new UnexpectedRollbackException(
                    "The transactions of the request are rolled back, because something that failed in one of them has marked"
                            + " it for rollback");
        }
        while (!begun.isEmpty()) {
            Begun innermost = pop();
            innermost.manager.commit(innermost.status);
        }
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() {
        if (begun.isEmpty()) {
            return;
        }
        Begun innermost = pop();
        try {
            innermost.manager.rollback(innermost.status);
        } finally {
            close();
        }
    }

    private Begun pop() {
        Begun innermost = begun.pop();
        innermost.restoreStatus.run();
        return innermost;
    }

    private record Begun(PlatformTransactionManager manager, TransactionStatus status, Runnable restoreStatus) {

        static Begun of(PlatformTransactionManager manager, DefaultTransactionDefinition definition) {
            TransactionStatus status = manager.getTransaction(definition);
            return new Begun(
                    manager, status, CurrentStatus.bind(manager, status, String.valueOf(definition.getName())));
        }

        boolean isMarkedByHandler() {
            return (status instanceof AbstractTransactionStatus marked && marked.isLocalRollbackOnly())
                    || isBlockMarked();
        }

        /** By {@code transaction().setRollback(true)} above all: a block of {@code atomic} is then rolled back without an exception. */
        private boolean isBlockMarked() {
            Database database = manager instanceof AtomicTransactionManager ours
                    ? SuspendingPostProcessor.database(ours.getDataSource())
                    : null;
            return database != null
                    && database.inAtomicBlock()
                    && database.transaction().getRollback();
        }

        /** One that takes part in another transaction, such as that of a test, leaves it to that one. */
        boolean isMarked() {
            return status.isNewTransaction() && status.isRollbackOnly();
        }
    }
}
