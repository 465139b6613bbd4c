package dev.mooring.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Opens connections and tells whether one still works. Called from any thread; one connection is used by one thread at a
 * time.
 */
public interface Connector {

    /**
     * {@return a new connection in autocommit mode}
     *
     * <p>Bounded by the setting {@code connectTimeout}, login included. Called without any lock held.
     *
     * @throws SQLException if it cannot be opened; nothing may then stay open
     */
    Connection open() throws SQLException;

    /**
     * {@return a new connection, as {@link #open()} gives it, within {@code timeout}} That is what is left of the caller's
     * time, and never more than the setting {@code connectTimeout}. What bounds {@link #initialize} is to be set likewise.
     */
    default Connection open(Duration timeout) throws SQLException {
        return open();
    }

    /**
     * Brings a new connection to the state in which every user is to find it: time zone, pragmas. The layer closes the
     * connection if this throws.
     */
    default void initialize(Connection connection) throws SQLException {}

    /** {@return whether the connection still answers within {@code timeout}}; never throws. */
    boolean isUsable(Connection connection, Duration timeout);

    /**
     * Makes sure that {@code connection} still reads and writes the database that the settings name: not a file that was
     * deleted or replaced meanwhile. Asked before and after each COMMIT, after each write in autocommit mode, and twice a
     * second while a connection is busy: it must cost microseconds and send nothing.
     *
     * @throws SQLException if it does not; the layer then closes the connection
     */
    default void verify(Connection connection) throws SQLException {}

    /**
     * {@return whether the database exists only in the memory of its connection, as SQLite's {@code :memory:} does} The layer then
     * keeps a single connection and closes it only with the {@code Databases}.
     */
    default boolean isInMemory() {
        return false;
    }

    /**
     * {@return the key of the write lock of this database, if it takes one writer at a time; else empty}
     *
     * <p>Within this process, databases with equal keys share one write lock, which is served in order of arrival. A thread waits
     * for it in Java and before it leases a connection: SQLite would let it sleep in native code, where it pins the carrier of a
     * virtual thread and is served in no order.
     */
    default Optional<Object> writeLockKey() {
        return Optional.empty();
    }

    /**
     * {@return how long the layer waits, in Java, for a lock that {@link ErrorVerdict#isLocked()} reports; zero to leave the
     * waiting to the database}
     */
    default Duration lockTimeout() {
        return Duration.ZERO;
    }

    /**
     * {@return whether {@link #interrupt} ends any call to the driver for good} The layer then does so with what begins and ends
     * transactions, resets a session or asks whether it still answers, where that outlasts its setting: as a server can that sends
     * a byte now and then.
     */
    default boolean interruptsAnyCall() {
        return false;
    }

    /**
     * {@return how long the layer lets a call to the driver run before it does {@link #interrupt}, to two tenths of a second;
     * zero where the database or the driver sees to the setting {@code statementTimeout}}
     */
    default Duration statementTimeout() {
        return Duration.ZERO;
    }

    /**
     * Has the statement that runs on {@code connection} fail, and does not wait for that. Called by another thread, again
     * and again until the statement has ended, and never once the connection is being closed.
     */
    default void interrupt(Connection connection) throws SQLException {}

    /**
     * {@return whether a batch of {@code sql} can be counted: the driver says how many rows each call changed, or each call inserts
     * exactly one} Otherwise the calls are made one by one.
     *
     * @param sql the statement as the driver gets it
     */
    default boolean countsBatch(String sql) {
        return true;
    }

    /**
     * {@return whether the driver ends a statement that outlasts {@code Statement.setQueryTimeout}} If not, the {@code DataSource}
     * view does so with {@link #interrupt}, and the driver is not told.
     */
    default boolean honoursQueryTimeout() {
        return true;
    }

    /**
     * {@return whether the update count that the driver gives after {@code statement} is that of its own changes} Where it is that of
     * an earlier one, as SQLite's is after CREATE TABLE, the layer answers 0.
     */
    default boolean countsChanges(SqlStatement statement) {
        return true;
    }

    /** {@return how many prepared statements the layer keeps for each connection; none where the driver does so itself} */
    default int statementCacheSize() {
        return 0;
    }
}
