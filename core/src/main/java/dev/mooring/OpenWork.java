package dev.mooring;

import dev.mooring.EnteredBlock.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a thread has begun on its wrapper and not ended: cursors and streams, holds, connections of the {@code DataSource}.
 * One per wrapper, confined to its thread.
 */
final class OpenWork {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.db.backends.base");

    private final DatabaseWrapper wrapper;
    private final AtomicRunner blocks;
    private final List<Cursor> cursors = new ArrayList<>(0);
    private final List<Lease> leases = new ArrayList<>(0);
    private @Nullable JdbcConnections jdbc;
    private @Nullable StreamBlock streams;

    OpenWork(DatabaseWrapper wrapper, AtomicRunner blocks) {
        this.wrapper = wrapper;
        this.blocks = blocks;
    }

    void opened(Lease lease) {
        leases.add(lease);
    }

    void closed(Lease lease) {
        leases.remove(lease);
    }

    void opened(Cursor cursor) {
        cursors.add(cursor);
        if (streams != null && streams.isOpen()) {
            streams.opened(cursor);
        }
    }

    void closed(Cursor cursor) {
        cursors.remove(cursor);
        if (streams != null) {
            streams.closed(cursor);
        }
    }

    /** Has the transaction of the streams rolled back if {@code cursor}, which failed, is read in it. */
    void failed(Cursor cursor) {
        if (streams != null) {
            streams.failed(cursor);
        }
    }

    /** {@return the connections that this thread has taken from the {@code DataSource}} */
    JdbcConnections jdbc() {
        JdbcConnections known = jdbc;
        if (known == null) {
            known = new JdbcConnections(wrapper);
            jdbc = known;
        }
        return known;
    }

    /** Closes what was opened through {@link DatabaseWrapper#connection()}, before the lease ends. */
    void closeUnderlying() {
        if (jdbc != null) {
            jdbc.closeUnderlying();
        }
    }

    /** {@return the block that a stream is to be read in; null if there is a transaction that is not for streams alone} */
    @Nullable
    StreamBlock streamBlock(String sql) {
        if (wrapper.transaction().getAutocommit()) {
            streams = beginStreams(sql);
        } else if (streams != null && !streams.isOpen()) {
            streams = null;
        }
        return streams;
    }

    private StreamBlock beginStreams(String sql) {
        AtomicBlock begun = blocks.begin(AtomicOptions.defaults().readOnly(), Purpose.STREAM, sql);
        try {
            return new StreamBlock(begun);
        } catch (Throwable e) {
            begun.close();
            throw e;
        }
    }

    /** Throws if {@code attempt} may be meant for the transaction of a connection from the {@code DataSource}, not for this one. */
    void checkUnambiguous(String attempt) {
        wrapper.check();
        if (jdbc != null) {
            jdbc.checkUnambiguous(attempt);
        }
    }

    /** {@return whether the transaction by hand is that of a connection from the {@code DataSource}, which ends it} */
    boolean isJdbcTransaction() {
        return jdbc != null && jdbc.isEndedByOneOfThese();
    }

    /** A cursor was read or closed, maybe the last in the block for streams. */
    void endStreamsUnlessRead() {
        if (streams != null && streams.isInnermost()) {
            streams.endUnlessRead();
        }
    }

    /** Says what is open, a line for each. */
    void describe(List<String> lines) {
        cursors.forEach(cursor -> lines.add("a cursor or stream of: " + cursor.sql()));
        leases.forEach(lease -> lines.add("a hold()"));
    }

    /** Ends what was left open before this unit of work, which would run inside it. */
    void beginUnit(Transaction byHand) {
        if (streams != null && streams.isDelivering()) {
            return;
        }
        blocks.beginUnit();
        if (streams != null && !streams.isOpen()) {
            streams.closeCursors();
        }
        if (wrapper.inAtomicBlock()) {
            return;
        }
        if (jdbc != null) {
            jdbc.beginUnit();
        }
        byHand.beginUnit();
        closeForgotten();
    }

    private void closeForgotten() {
        for (Lease lease : List.copyOf(leases)) {
            if (lease.origin() != null) {
                warn("A hold() begun at " + lease.origin());
                lease.close();
            }
        }
        for (Cursor cursor : List.copyOf(cursors)) {
            warn("A cursor with unread rows of: " + cursor.sql());
            cursor.close();
        }
    }

    private void warn(String what) {
        LOG.warn(
                "{} on database '{}' was still open when a unit of work began, and is closed: close it before, or"
                        + " begin the unit of work first",
                what,
                wrapper.alias());
    }

    /** Ends the blocks that were left open in the unit of work, but not that of a stream while a caller processes a row. */
    void endBlocks() {
        if (streams == null || !streams.isDelivering()) {
            blocks.endUnit();
        }
    }

    /** Closes what was left open in the unit of work. */
    void endUnit() {
        closeAll(JdbcConnections::endUnit);
    }

    /** Closes what a thread that has died left open. */
    void endAbandoned() {
        closeAll(JdbcConnections::endAbandoned);
    }

    private void closeAll(Consumer<JdbcConnections> endingJdbc) {
        Throwable first = null;
        try {
            if (jdbc != null) {
                endingJdbc.accept(jdbc);
            }
        } catch (RuntimeException | Error e) {
            first = e;
        }
        first = Failures.endEach(leases, Lease::close, first);
        Failures.throwIfAny(Failures.endEach(cursors, Cursor::close, first));
    }
}
