package dev.mooring.spring;

import dev.mooring.Database;
import dev.mooring.Suspension;
import dev.mooring.UnitOfWork;
import dev.mooring.error.DatabaseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Has calls of {@link dev.mooring.Databases} follow the transactions of a transaction manager that works on connections of
 * {@link Database#dataSource()}, such as {@code JpaTransactionManager}: when it suspends one, what the thread has under way on the
 * database is suspended too. Each is a unit of work, and one that was begun by hand and left open is ended by
 * {@link AtomicTransactionManager#rollBackLeftOpen()}. {@link AtomicTransactionManager} does so itself. Thread-safe.
 */
public final class SuspendingListener implements TransactionExecutionListener {

    private static final Logger LOG = LoggerFactory.getLogger(SuspendingListener.class);

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
            TransactionSynchronizationManager.registerSynchronization(new Following(database, status));
            OpenTransactions.add(manager, status);
        }
    }

    /** Is suspended and resumed with the transaction that it is registered in. */
    private static final class Following implements TransactionSynchronization, Ordered {

        private final Database database;
        private final TransactionStatus status;
        private final UnitOfWork unit;
        private @Nullable Suspension suspension;

        Following(Database database, TransactionStatus status) {
            this.database = database;
            this.status = status;
            this.unit = database.unitOfTransaction();
        }

        /** Suspends last and resumes first, so that the other synchronizations find the transaction as it was. */
        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }

        @Override
        public void suspend() {
            suspension = Suspending.suspend(database);
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
