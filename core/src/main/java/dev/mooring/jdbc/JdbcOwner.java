package dev.mooring.jdbc;

import dev.mooring.error.DatabaseException;
import dev.mooring.statement.SqlText;
import dev.mooring.wrapper.ThreadGuard;
import dev.mooring.wrapper.ViewConnections;
import dev.mooring.wrapper.WrapperCore;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the {@code DataSource} as the objects that came out of it know it: what they share, and what makes their
 * calls one at a time, on the thread that it belongs to. For one thread at a time.
 */
abstract class JdbcOwner extends JdbcObject implements Connection {

    final Siblings siblings;
    final WrapperCore core;
    final JdbcSession session;
    final JdbcTransaction transaction;
    final JdbcAccess access;
    private final ThreadGuard guard;
    private final JdbcDateTimes dateTimes;

    JdbcOwner(Siblings siblings, WrapperCore core, JdbcSession session) {
        this.siblings = siblings;
        this.core = core;
        this.session = session;
        this.transaction = new JdbcTransaction(siblings, core);
        this.access = new JdbcAccess(core, session, transaction);
        this.guard = core.guard();
        this.dateTimes = new JdbcDateTimes(core.context().backend().valueCodec());
    }

    /**
     * {@return what the caller is given for what the driver answers}: nothing that leads to the driver's connection
     *
     * @param asked the type that the driver's method declares
     * @param from what the rows are of; null if of none
     */
    abstract @Nullable Object guarded(Class<?> asked, @Nullable Object result, @Nullable JdbcObject from);

    /** {@return what the caller is given for what {@code driver}, the object behind {@code outer}, unwraps to} */
    abstract Object unwrapped(JdbcObject outer, Wrapper driver, Class<?> type) throws SQLException;

    /** Closes what is open on this, and rolls back the transaction if it is one of ours. */
    abstract void abandon();

    @Override
    final JdbcSession session() {
        return session;
    }

    /** {@return what keeps the connection from writing while it is read-only} */
    final JdbcAccess access() {
        return access;
    }

    /** {@return the conversion of dates and times} */
    final JdbcDateTimes dateTimes() {
        return dateTimes;
    }

    /** {@return what {@code sql} does to the session and the data} Its placeholders are the driver's own. */
    final SqlText read(String sql) {
        return core.context().statements().parseForDriver(sql);
    }

    final boolean honoursQueryTimeout() {
        return core.context().backend().connector().honoursQueryTimeout();
    }

    final boolean leavesSessionAlone(Method method) {
        return core.context().backend().sessionRules().leavesSessionAlone(method);
    }

    /** {@return whether it is the calling thread's} */
    final boolean isOwned() {
        return guard.isOwned();
    }

    @Override
    final void enter() throws SQLException {
        session.lock();
        if (!guard.isUndisputed() && !session.isEnded()) {
            takeOver();
        }
    }

    /** Makes this the calling thread's, or throws and leaves it. */
    private void takeOver() throws SQLException {
        try {
            if (!guard.takeOver(siblings.depth(core))) {
                throw new SQLException(
                        ("The connection from the DataSource of database '%s' was used on thread '%s' while the thread"
                                        + " that it belongs to has more under way in the same session: an atomic block, a cursor,"
                                        + " a stream or a call. End that first, or take a connection on this thread")
                                .formatted(core.alias(), Thread.currentThread().getName()),
                        JdbcErrors.TRANSACTION_STATE);
            }
            guard.check();
        } catch (DatabaseException e) {
            session.unlock();
            throw JdbcErrors.ofWork(e);
        } catch (Throwable e) {
            session.unlock();
            throw e;
        }
    }

    @Override
    final void leave() throws SQLException {
        if (session.unlock() && session.isCloseWanted() && session.tryLock()) {
            try {
                abandon();
            } catch (DatabaseException e) {
                throw JdbcErrors.ofWork(e);
            } finally {
                session.unlock();
            }
        }
    }

    /**
     * Does nothing the second time. On any thread: if another is in the middle of a call, that one closes the connection at its
     * end. If rolling back fails, that is thrown, and the connection is closed all the same.
     */
    @Override
    @CalledDirectly
    public final void close() throws SQLException {
        session.wantClose();
        if (session.isEnded()) {
            return;
        }
        if (!guard.isOwned()) {
            guard.afterWork(siblings::closeWanted);
        }
        if (!session.tryLock()) {
            return;
        }
        try {
            if (guard.isOwned() || guard.takeOver(siblings.depth(core))) {
                abandon();
            }
        } catch (DatabaseException e) {
            throw JdbcErrors.ofWork(e);
        } finally {
            session.unlock();
        }
    }

    /** Closes it if another thread did, and nothing else is under way in its session. */
    final void closeIfWanted() {
        if (session.isCloseWanted() && guard.isAtDepth(siblings.depth(core)) && session.tryLock()) {
            try {
                abandon();
            } finally {
                session.unlock();
            }
        }
    }

    /** The connections that one thread has taken, as each of them sees the others. */
    interface Siblings extends ViewConnections {

        /** {@return how deep the work on {@code on} is that these connections have under way, and nobody else} */
        int depth(WrapperCore on);

        /** {@return whether {@code other} is the thread's own wrapper, and has not gone to another thread with a connection} */
        boolean isOf(WrapperCore other);

        /** Closes what another thread has closed while this one had more under way in the same session. */
        void closeWanted();

        /** Says that {@code connection} is closed. */
        void closed(JdbcOwner connection);
    }
}
