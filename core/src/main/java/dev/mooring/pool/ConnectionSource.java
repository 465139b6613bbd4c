package dev.mooring.pool;

import dev.mooring.error.DatabaseException;
import java.sql.Connection;
import java.time.Duration;

/** Opens, checks and closes the connections of a pool. Called from any thread, never under a lock of the pool. */
public interface ConnectionSource {

    /**
     * {@return a new connection, ready for use}
     *
     * @throws dev.mooring.error.DatabaseException if none could be opened; nothing is left open then
     */
    Connection open();

    /** {@return a new connection, as above} Within {@code timeout}, if that is less than what bounds it otherwise. */
    default Connection open(Duration timeout) {
        return open();
    }

    /** {@return whether {@code error}, out of {@link #open()}, means that the server accepts no connection at the moment} */
    boolean isRefusal(DatabaseException error);

    /** {@return whether the connection still answers} Never throws. */
    boolean isUsable(Connection connection);

    /** {@return whether the connection still answers within {@code timeout}, if that is less than what bounds it otherwise} */
    default boolean isUsable(PooledConnection connection, Duration timeout) {
        return isUsable(connection.connection());
    }

    /** {@return how long a call may take before it is interrupted; zero for no limit} */
    default Duration callTimeout() {
        return Duration.ZERO;
    }

    /** Interrupts the call that runs on {@code connection}, without waiting for it to end. Never throws. */
    default void interrupt(Connection connection) {}

    /** {@return whether the database exists only in the memory of its connection} It is then closed only at shutdown. */
    default boolean isInMemory() {
        return false;
    }

    /**
     * Makes a connection usable again that would otherwise be closed, if closing it would lose the data: a database in memory
     * exists as long as its connection. Rolls back what was left open and resets the session as far as it can be.
     *
     * @param notResettable whether a listener gave the session a state of its own, which is then left alone
     * @return false if nothing is lost by closing it, or this failed: the connection must be closed
     */
    default boolean rollbackAndReset(Connection connection, boolean notResettable) {
        return false;
    }

    /** Closes a valid connection. Never throws. */
    void close(Connection connection);

    /** Closes an invalid connection without sending anything to the server. Never throws. */
    void abort(Connection connection);
}
