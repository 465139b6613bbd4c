package dev.mooring.benchmarks.rival;

import dev.mooring.benchmarks.stub.StubConnection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The floor: a thread-local look-up, one compare-and-set to take a slot and one volatile store to free it, which is what
 * it takes to see waiters. Each thread keeps its slot, none is ever taken by another, so this is no pool.
 */
final class FloorRival implements Rival {

    private final ThreadLocal<Slot> mine = ThreadLocal.withInitial(Slot::new);
    private final AtomicInteger leased = new AtomicInteger();
    private final int size;

    FloorRival(int size) {
        this.size = size;
    }

    @Override
    public Object cycle() {
        Slot slot = mine.get();
        if (!Slot.BUSY.compareAndSet(slot, 0, 1)) {
            throw new IllegalStateException("A slot of the floor was taken by another thread");
        }
        slot.busy = 0;
        return slot;
    }

    @Override
    public void hold(Work work) throws Exception {
        leased.incrementAndGet();
        try {
            work.with(mine.get().connection);
        } finally {
            leased.decrementAndGet();
        }
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public int open() {
        return size;
    }

    @Override
    public int leased() {
        return leased.get();
    }

    @Override
    public void close() {
        mine.remove();
    }

    private static final class Slot {
        static final VarHandle BUSY;

        static {
            try {
                BUSY = MethodHandles.lookup().findVarHandle(Slot.class, "busy", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        final StubConnection connection = new StubConnection();

        @SuppressWarnings("UnusedVariable") // through BUSY
        volatile int busy;
    }
}
