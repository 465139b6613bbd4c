package dev.mooring.spring.boot;

import dev.mooring.spring.AtomicTransactionManager;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
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
                made.begun.push(new Begun(manager, manager.getTransaction(definition(manager, name))));
            }
            return made;
        } catch (Throwable e) {
            made.close();
            throw e;
        }
    }

    /** In a test's own transaction, what a request did can be rolled back alone, unless JPA manages it. */
    private static TransactionDefinition definition(PlatformTransactionManager manager, String name) {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition(
                manager instanceof AtomicTransactionManager
                        ? TransactionDefinition.PROPAGATION_NESTED
                        : TransactionDefinition.PROPAGATION_REQUIRED);
        definition.setName(name);
        return definition;
    }

    /** Commits what is open, the innermost first. If one fails, those around it stay open. */
    void commit() {
        while (!begun.isEmpty()) {
            Begun innermost = begun.pop();
            innermost.manager.commit(innermost.status);
        }
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() {
        if (begun.isEmpty()) {
            return;
        }
        Begun innermost = begun.pop();
        try {
            innermost.manager.rollback(innermost.status);
        } finally {
            close();
        }
    }

    private record Begun(PlatformTransactionManager manager, TransactionStatus status) {}
}
