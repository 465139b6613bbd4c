package dev.mooring.pool;

import dev.mooring.error.DatabaseException;
import java.sql.Connection;
import java.time.Duration;

/** Where a pool gets its connections. Called from any thread, never under a lock of the pool. */
public interface ConnectionSource {

    /**
     * {@return a new connection, ready for use}
     *
     * @throws dev.mooring.error.DatabaseException if none can be had; nothing is then left open
     */
    Connection open();

    /** {@return a new connection, as above} Within {@code timeout}, if that is less than what bounds it otherwise. */
    default Connection open(Duration timeout) {
        return open();
    }

    /** {@return whether {@code error}, out of {@link #open()}, says that the server takes no connection for now} */
    boolean isRefusal(DatabaseException error);

    /** {@return whether the connection still answers} Never throws. */
    boolean isUsable(Connection connection);

    /** {@return whether the connection still answers within {@code timeout}, if that is less than what bounds it otherwise} */
    default boolean isUsable(PooledConnection connection, Duration timeout) {
        return isUsable(connection.connection());
    }

    /** {@return how long a call may take before it is interrupted; zero for as long as it likes} */
    default Duration callTimeout() {
        return Duration.ZERO;
    }

    /** Has the call under way on {@code connection} fail, and does not wait for that. Never throws. */
    default void interrupt(Connection connection) {}

    /** {@return whether the database exists only in the memory of its connection} It is then closed only at shutdown. */
    default boolean isInMemory() {
        return false;
    }

    /**
     * Rolls back what a dead thread left open on {@code connection}, and resets its session.
     *
     * @param notResettable whether a listener gave the session a state of its own, which is then left alone
     * @return false if that cannot be done, and the connection is to be closed after all; never throws
     */
    default boolean rollbackAndReset(Connection connection, boolean notResettable) {
        return false;
    }

    /** Closes a connection that is in order. Never throws. */
    void close(Connection connection);

    /** Closes a connection that cannot be trusted, without a word to the server. Never throws. */
    void abort(Connection connection);
}
