package dev.mooring.jdbc;

import com.google.common.base.Throwables;
import dev.mooring.error.DatabaseException;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an object of the driver. What is here and not public is what the methods of the generated subclasses consist of:
 * they enter the connection, call the driver or a method of the subclass written by hand, and leave the connection; what comes
 * out is guarded, and an error is one as JDBC has them.
 */
abstract class JdbcObject {

    /**
     * Begins a call on the connection, or on what came out of it: one at a time, on any thread, as with a driver. A thread that
     * did not take the connection takes it over. {@link #leave()} ends the call.
     */
    abstract void enter() throws SQLException;

    abstract void leave() throws SQLException;

    abstract JdbcSession session();

    /** {@return the driver's object} */
    abstract Object driver() throws SQLException;

    /** {@return the driver's object, for somebody who may do anything with it} */
    abstract Object unwrapDelegate() throws SQLException;

    /** {@return the driver's object of that type, for somebody who may do anything with it} */
    abstract Object unwrapped(Class<?> type) throws SQLException;

    /** {@return the statement that the calls are of, for messages; empty if of none} */
    String sql() {
        return "";
    }

    /** {@return whether drivers take their own object for this as an argument} */
    boolean isArgument() {
        return false;
    }

    /** Begins a call of the driver, which {@link #leave()} ends. */
    final void open() throws SQLException {
        enter();
        try {
            session().checkOpen();
        } catch (Throwable e) {
            leave();
            throw e;
        }
    }

    /** With autocommit off, begins the transaction for a call that is no statement. */
    void ensureBegun() throws SQLException {
        session().ensureBegun();
    }

    /** Throws {@code error}, which came out of that method of the driver. The connection is invalidated, if it may be broken. */
    final RuntimeException failed(Throwable error, String method) throws SQLException {
        if (error instanceof DatabaseException ours) {
            throw JdbcErrors.ofWork(ours);
        }
        session().failed(error, method, sql());
        Throwables.throwIfInstanceOf(error, SQLException.class);
        Throwables.throwIfUnchecked(error);
        throw new SQLException(error);
    }

    /** {@return {@code argument}, or the driver's own object if it is one of ours} */
    @SuppressWarnings("unchecked")
    static <T extends @Nullable Object> T plain(T argument) throws SQLException {
        return argument instanceof JdbcObject ours && ours.isArgument() ? (T) ours.driver() : argument;
    }

    /** {@return the object as {@code type}: ours if that is JDBC's, else the driver's own} */
    @SuppressWarnings("unchecked")
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return (T) this;
        }
        if (!isWrapperFor(type)) {
            throw new SQLException(
                    "Neither this nor what the driver has behind it is a " + type.getName(),
                    JdbcErrors.INVALID_ARGUMENT);
        }
        return (T) unwrapped(type);
    }

    /** {@return whether {@link #unwrap} would find one} */
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || (driver() instanceof Wrapper wrapper && wrapper.isWrapperFor(type));
    }
}
