package dev.mooring.jdbc;

import dev.mooring.error.ErrorKind;
import dev.mooring.statement.Failures;
import dev.mooring.wrapper.WrapperCore;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of the {@code DataSource} that one thread has taken and not closed yet. One per wrapper, confined to its thread.
 *
 * <p>The first is on the thread's own wrapper, so that what the thread does besides is in the same session, and in the
 * same transaction. So are those taken inside a transaction that the thread began, which they join. The others have a wrapper
 * each, since whoever speaks JDBC expects that connections know nothing of each other.
 */
public final class JdbcConnections implements JdbcOwner.Siblings {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.db.backends.base");

    private final WrapperCore core;
    private final List<JdbcConnection> open = new CopyOnWriteArrayList<>();
    private @Nullable JdbcConnection underlying;

    /** Kept in fields, because ending allocates nothing; see {@link Failures}. */
    private final Consumer<JdbcConnection> atUnitBegin;

    private final Consumer<JdbcConnection> atUnitEnd;

    JdbcConnections(WrapperCore core) {
        this.core = core;
        this.atUnitBegin = each -> endIf(
                each.isOwned() && each.isOn(core) && (each.hasTransaction() || each.hasForeignTransaction()),
                each,
                "a unit of work began");
        this.atUnitEnd = each -> endIf(each.isOwned(), each, "the unit of work ended");
    }

    /** {@return those of {@code core}, which knows them from the first time on} */
    public static JdbcConnections of(WrapperCore core) {
        if (core.open().views() instanceof JdbcConnections known) {
            return known;
        }
        JdbcConnections made = new JdbcConnections(core);
        core.open().views(made);
        return made;
    }

    /**
     * {@return another connection} The first works on the thread's own wrapper, and so does each that joins a transaction; any
     * other works on a wrapper of its own, which {@code separate} makes.
     */
    public Connection take(Supplier<WrapperCore> separate) {
        core.guard().check();
        boolean apart = isTaken() && !isJoined();
        WrapperCore on = apart ? separate.get() : core;
        JdbcConnection taken = new ConnectionDelegate(this, on);
        open.add(taken);
        on.guard().lendable();
        return taken;
    }

    /** {@return the connection that the wrapper has leased, for whoever asks it for that; the same for one lease} */
    public Connection underlying() {
        JdbcConnection known = underlying;
        if (known == null || known.isClosed()) {
            known = new ConnectionDelegate(this, core, JdbcSession.onLease(core));
            underlying = known;
        }
        return known;
    }

    /** The lease is about to end, and with it what {@link #underlying} handed out. */
    @Override
    public void closeUnderlying() {
        JdbcConnection ending = underlying;
        if (ending != null) {
            underlying = null;
            ending.endWithLease();
        }
    }

    /** {@return whether a further connection joins the first: in a transaction that none of them began, and in memory} */
    private boolean isJoined() {
        return core.context().isInMemory()
                || core.state().inAtomic()
                || (!core.state().isAutocommit() && !isEndedByOneOfThese());
    }

    /** {@return whether the transaction by hand on the thread's own wrapper is that of a connection taken here} */
    @Override
    public boolean isEndedByOneOfThese() {
        for (JdbcConnection each : open) {
            if (each.isOn(core) && each.hasTransaction()) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a connection taken here is on the thread's own wrapper} */
    private boolean isTaken() {
        for (JdbcConnection each : open) {
            if (each.isOn(core)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Refuses a call of the layer's own if it cannot be told which transaction it belongs to: it would be in that of the
     * thread's wrapper, which its caller may take for suspended.
     */
    @Override
    public void checkUnambiguous(String attempt) {
        if (open.isEmpty()) {
            return;
        }
        boolean suspended = isEndedByOneOfThese();
        for (JdbcConnection other : open) {
            if (!other.isOn(core) && (suspended || other.hasTransaction())) {
                throw ErrorKind.TRANSACTION_MANAGEMENT.exception(
                        ("Could not %s on database '%s': this thread has several connections from the DataSource open"
                                        + " and a transaction on one of them, so it cannot be told whether the call belongs to it."
                                        + " Within Spring's REQUIRES_NEW and NOT_SUPPORTED, or beside a second connection, use"
                                        + " JdbcClient, JdbcTemplate or that connection; calls of Databases belong outside")
                                .formatted(attempt, core.alias()));
            }
        }
    }

    /** {@return whether {@code other} is the thread's own wrapper, and has not gone to another thread with a connection} */
    @Override
    public boolean isOf(WrapperCore other) {
        return core == other && !other.guard().isTakenOver();
    }

    /** Closes what another thread has closed while this one had more under way in the same session. */
    @Override
    public void closeWanted() {
        open.forEach(JdbcConnection::closeIfWanted);
    }

    /** {@return how deep the work on {@code on} is that the connections taken here have under way, and nobody else} */
    @Override
    public int depth(WrapperCore on) {
        int depth = 0;
        for (JdbcConnection each : open) {
            depth += each.isOn(on) ? each.depth() : 0;
        }
        return depth;
    }

    @Override
    public void closed(JdbcOwner connection) {
        open.remove(connection);
    }

    /** Closes what has a transaction on the thread's own wrapper, which a unit of work that begins would run inside. */
    @Override
    public void beginUnit() {
        endEach(atUnitBegin);
    }

    /** Closes what was not closed in its unit of work. */
    @Override
    public void endUnit() {
        endEach(atUnitEnd);
    }

    private void endEach(Consumer<JdbcConnection> ending) {
        Failures.throwIfAny(Failures.endEach(open, ending, null));
    }

    /** What fails costs that connection alone, which is closed anyway. */
    private void endIf(boolean due, JdbcConnection forgotten, String when) {
        if (!due) {
            return;
        }
        try {
            LOG.warn(
                    "A connection from the DataSource of database '{}' was still open when {}; it is closed, and what"
                            + " was not committed on it is rolled back",
                    core.alias(),
                    when);
        } finally {
            abandon(forgotten);
        }
    }

    private void abandon(JdbcConnection forgotten) {
        try {
            forgotten.abandon();
        } catch (RuntimeException e) {
            LOG.warn("Closing a connection from the DataSource of database '{}' failed", core.alias(), e);
        }
    }
}
