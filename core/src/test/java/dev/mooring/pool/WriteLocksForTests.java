package dev.mooring.pool;

/** Write locks for tests of other packages. */
public final class WriteLocksForTests {

    private WriteLocksForTests() {}

    /** {@return a lock whose waiters sleep until they are woken, so that it is seen if nobody does} */
    public static WriteLock withoutRecheck() {
        return new WriteLock(System::nanoTime, Long.MAX_VALUE);
    }
}
