package dev.mooring.pool;

/** Turns for tests of other packages. */
public final class TurnLocks {

    private TurnLocks() {}

    /** {@return a turn whose waiters sleep until they are woken, so that it is seen if nobody does} */
    public static TurnLock withoutLookAround() {
        return new TurnLock(System::nanoTime, Long.MAX_VALUE);
    }
}
