package dev.mooring.spring;

import dev.mooring.Database;
import dev.mooring.Suspension;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Has calls of {@link dev.mooring.Databases} follow the transactions of a transaction manager that works on connections of
 * {@link Database#dataSource()}, such as {@code JpaTransactionManager}: when it suspends one, what the thread has under way on the
 * database is suspended too. {@link AtomicTransactionManager} does so itself. Thread-safe.
 */
public final class SuspendingListener implements TransactionExecutionListener {

    private final Database database;

    /** Makes one for {@code database}. */
    public SuspendingListener(Database database) {
        this.database = database;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure == null
                && transaction.isNewTransaction()
                && TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new Following(database));
        }
    }

    /** Is suspended and resumed with the transaction that it is registered in. */
    private static final class Following implements TransactionSynchronization, Ordered {

        private final Database database;
        private @Nullable Suspension suspension;

        Following(Database database) {
            this.database = database;
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
    }
}
