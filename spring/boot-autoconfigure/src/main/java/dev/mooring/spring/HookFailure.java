package dev.mooring.spring;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Throws what a commit hook threw, once everybody may know that the transaction is committed. */
record HookFailure(Throwable failure) implements TransactionSynchronization, Ordered {

    /** The transaction is committed: Spring is to say so to its synchronizations, and the caller to see the exception. */
    static void report(Throwable failure) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            rethrow(failure);
        }
        TransactionSynchronizationManager.registerSynchronization(new HookFailure(failure));
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void afterCommit() {
        rethrow(failure);
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
