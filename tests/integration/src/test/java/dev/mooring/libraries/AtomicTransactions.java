package dev.mooring.libraries;

import dev.mooring.AtomicBlock;
import dev.mooring.Databases;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;

/** Has jOOQ's transactions be blocks of {@code atomic}: the example of docs/libraries.md. */
public final class AtomicTransactions implements TransactionProvider {

    private final Databases databases;
    private final ThreadLocal<Deque<AtomicBlock>> blocks = ThreadLocal.withInitial(ArrayDeque::new);

    public AtomicTransactions(Databases databases) {
        this.databases = databases;
    }

    @Override
    public void begin(TransactionContext context) {
        blocks.get().push(databases.get().beginAtomic());
    }

    @Override
    public void commit(TransactionContext context) {
        try (AtomicBlock block = blocks.get().pop()) {
            block.commit();
        }
    }

    @Override
    public void rollback(TransactionContext context) {
        blocks.get().pop().close();
    }
}
