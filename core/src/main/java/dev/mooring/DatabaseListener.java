package dev.mooring;

import dev.mooring.error.DatabaseException;
import java.time.Duration;

/**
 * Told of what happens to connections, on the thread to which it happens and under no lock of ours: a slow listener slows
 * that thread. What a listener throws is logged and goes no further, but for {@link #connectionCreated} and
 * {@link #started}.
 */
public interface DatabaseListener {

    /**
     * A database was built and has opened no connection yet. Comes first, on the thread that builds {@link Databases}. If this
     * throws, all of them are closed, and the error comes out of {@link DatabasesBuilder#build()}.
     */
    default void started(DatabaseStatus database) {}

    /**
     * A database was closed for the first time, its connections with it. Comes last, also if {@link #started} of this listener or
     * of another one threw.
     */
    default void stopped(DatabaseStatus database) {}

    /**
     * A connection was opened, which took {@code time} with the login and what sets the session up. {@link #connectionCreated}
     * follows. The thread is about to get the connection, so this must not use the database.
     */
    default void connectionOpened(String alias, Duration time) {}

    /**
     * A connection was opened and initialised: Django's {@code connection_created}.
     *
     * <p>If this throws, the connection is closed and the error reaches whoever needed it.
     */
    default void connectionCreated(DatabaseWrapper wrapper) {}

    /**
     * A connection was closed.
     *
     * @param reason {@code expired}, {@code idle}, {@code requested}, {@code dirty}, {@code validation_failed}, {@code broken},
     *     {@code leaked}, {@code shut_down} or, if a thread was using it at the shut-down, {@code cut_off}
     */
    default void connectionClosed(String alias, String reason) {}

    /** A connection could not be opened. */
    default void connectionFailed(String alias, DatabaseException error) {}

    /** A thread had to wait {@code time} for its connection, and got it. Those who need not wait are not reported. */
    default void leaseWaited(String alias, Duration time) {}

    /** A thread waited in vain. */
    default void leaseTimedOut(String alias) {}

    /** A connection was taken back from the thread of that name, which ended without giving it back. */
    default void leaseReclaimed(String alias, String thread) {}
}
