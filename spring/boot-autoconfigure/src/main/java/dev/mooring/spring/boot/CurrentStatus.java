package dev.mooring.spring.boot;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/**
 * Has {@code TransactionAspectSupport.currentTransactionStatus()} return the status of a transaction that no {@code @Transactional}
 * method began, so that a handler can mark it for rollback. Thread-safe.
 */
final class CurrentStatus extends TransactionAspectSupport {

    private static final CurrentStatus INSTANCE = new CurrentStatus();

    private CurrentStatus() {}

    /** {@return what restores, on this thread, the status that was current before} Run it on the same thread. */
    static Runnable bind(PlatformTransactionManager manager, TransactionStatus status, String name) {
        TransactionInfo info =
                INSTANCE.prepareTransactionInfo(manager, new DefaultTransactionAttribute(), name, status);
        return () -> INSTANCE.cleanupTransactionInfo(info);
    }
}
