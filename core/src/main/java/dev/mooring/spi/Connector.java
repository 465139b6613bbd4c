package dev.mooring.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

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
     * Brings a new connection to the state in which every user is to find it: time zone, pragmas. The layer closes the
     * connection if this throws.
     */
    default void initialize(Connection connection) throws SQLException {}

    /** {@return whether the connection still answers within {@code timeout}}; never throws. */
    boolean isUsable(Connection connection, Duration timeout);

    /**
     * {@return whether the data lives in the connection itself} Then one connection is all there is, and it is closed
     * with the {@code Databases} alone: SQLite's {@code :memory:}.
     */
    default boolean holdsTheData() {
        return false;
    }
}
