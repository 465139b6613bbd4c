package dev.mooring.pool;

import dev.mooring.error.DatabaseException;
import java.time.Duration;

/** Told of what happens in a pool, on the thread to which it happens and under no lock. Must not throw. */
public interface PoolListener {

    /** A connection was opened and initialized, which took {@code time}. */
    default void opened(Duration time) {}

    /** A connection was closed. */
    default void closed(CloseReason reason) {}

    /** A thread had to wait for its connection, and got it. */
    default void waited(Duration time) {}

    /** A thread waited in vain. */
    default void timedOut() {}

    /** A connection was taken back from a thread that died. */
    default void reclaimed(String thread) {}

    /** A connection could not be opened. */
    default void openFailed(DatabaseException error) {}
}
