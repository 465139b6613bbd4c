package dev.mooring.spring;

import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Hears of the end of synchronizations that belong to a transaction inside another one, or to none. If it is not the end of that
 * transaction, an empty one around it is being rolled back by hand before it, of which Spring tells nobody else: then this rolls
 * back the inner one. For one thread.
 */
final class EndOfScope implements TransactionSynchronization {

    private final AtomicTransactionManager manager;
    private final DefaultTransactionStatus status;

    EndOfScope(AtomicTransactionManager manager, DefaultTransactionStatus status) {
        this.manager = manager;
        this.status = status;
    }

    @Override
    public void afterCompletion(int end) {
        if (!status.isNewTransaction()) {
            OpenTransactions.remove(status);
        } else if (!AtomicTransactionManager.of(status).isEnding()) {
            // Spring has taken them away for the outer one, and needs them for the rollback.
            TransactionSynchronizationManager.initSynchronization();
            manager.rollback(status);
        }
    }
}
