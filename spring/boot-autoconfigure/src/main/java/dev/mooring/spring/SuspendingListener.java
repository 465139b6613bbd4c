package dev.mooring.spring;

import dev.mooring.Database;
import dev.mooring.Suspension;
import dev.mooring.UnitOfWork;
import dev.mooring.error.DatabaseException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Has calls of {@link dev.mooring.Databases} follow the transactions of a transaction manager that works on connections of
 * {@link Database#dataSource()}, such as {@code JpaTransactionManager}: while one is suspended, what the thread has under way on the
 * database is suspended too. A transaction on another database suspends neither. Each transaction is a unit of work, and one that
 * was begun by hand and left open is ended by {@link AtomicTransactionManager#rollBackLeftOpen()}. {@link AtomicTransactionManager}
 * does all of this itself. Thread-safe.
 */
public final class SuspendingListener implements TransactionExecutionListener {

    private static final Logger LOG = LoggerFactory.getLogger(SuspendingListener.class);

    /** The transaction of the thread that is being ended before one that was begun inside it. */
    private static final ThreadLocal<@Nullable TransactionExecution> ENDED_TOO_EARLY = new ThreadLocal<>();

    private final Database database;
    private final PlatformTransactionManager manager;

    /** Makes one for {@code database}, to be given to {@code manager}. */
    public SuspendingListener(Database database, PlatformTransactionManager manager) {
        this.database = database;
        this.manager = manager;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure == null
                && transaction.isNewTransaction()
                && transaction instanceof TransactionStatus status
                && TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new Following(database, status, current()));
            OpenTransactions.add(manager, status);
        }
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        if (rollBackInside(transaction)) {
            // Has Spring roll back what it is about to commit, which it would not do after a TransactionException.
            throw new IllegalStateException("A transaction inside was open");
        }
    }

    @Override
    public void beforeRollback(TransactionExecution transaction) {
        boolean unused = rollBackInside(transaction);
    }

    /** What is open inside {@code transaction} is on resources bound to the thread, which its end would take for its own. */
    private boolean rollBackInside(TransactionExecution transaction) {
        boolean found = OpenTransactions.rollBackInside(transaction);
        if (found) {
            ENDED_TOO_EARLY.set(transaction);
        }
        return found;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // It is one object from its begin to its end.
    public void afterRollback(TransactionExecution transaction, @Nullable Throwable failure) {
        if (ENDED_TOO_EARLY.get() == transaction) {
            ENDED_TOO_EARLY.remove();
            if (failure == null) {
                throw OpenTransactions.endedTooEarly(database);
            }
        }
    }

    /**
     * {@return what tells whether the transaction that has just begun is the current one on its database} Spring tells
     * synchronizations of a suspension too if the transaction that begins is of another manager. Then, and not otherwise, this
     * manager leaves bound to the thread what it has bound.
     */
    private BooleanSupplier current() {
        if (!(manager instanceof ResourceTransactionManager binding)) {
            return () -> false;
        }
        Object key = binding.getResourceFactory();
        Object bound = TransactionSynchronizationManager.getResource(key);
        return () -> bound != null && TransactionSynchronizationManager.getResource(key) == bound;
    }

    /** Is suspended and resumed with the transaction that it is registered in. */
    private static final class Following implements TransactionSynchronization, Ordered {

        private final Database database;
        private final TransactionStatus status;
        private final BooleanSupplier current;
        private final UnitOfWork unit;
        private @Nullable Suspension suspension;

        Following(Database database, TransactionStatus status, BooleanSupplier current) {
            this.database = database;
            this.status = status;
            this.current = current;
            this.unit = database.unitOfTransaction();
        }

        /** Suspends last and resumes first, so that the other synchronizations find the transaction as it was. */
        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }

        @Override
        public void suspend() {
            suspension = Suspending.suspendWhile(database, () -> !current.getAsBoolean());
        }

        @Override
        public void resume() {
            if (suspension != null) {
                Suspending.resume(database, suspension);
                suspension = null;
            }
        }

        @Override
        public void afterCompletion(int end) {
            OpenTransactions.remove(status);
            try {
                unit.close();
            } catch (DatabaseException e) {
                LOG.warn("The unit of work of a transaction on database '{}' could not be ended", database.alias(), e);
            }
        }
    }
}
