package dev.mooring;

import dev.mooring.TransactionState.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a thread has begun on its wrapper and not ended: cursors and streams, holds, connections of the {@code DataSource}.
 * One per wrapper, for its thread.
 */
final class OpenWork {

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

    /** Has the block for streams rolled back, if it is one of its cursors that failed. */
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
    StreamBlock streamBlock() {
        if (wrapper.transaction().getAutocommit()) {
            streams = new StreamBlock(blocks.begin(AtomicOptions.defaults().readOnly(), Purpose.STREAM));
        } else if (streams != null && !streams.isOpen()) {
            streams = null;
        }
        return streams;
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

    /** Ends streams that were forgotten before the unit of work, with what was read in their block. */
    void beginUnit() {
        if (streams != null && streams.isOpen() && !streams.isDelivering()) {
            blocks.beginUnit();
            if (!streams.isOpen()) {
                streams.closeCursors();
            }
        }
    }

    /** Ends the blocks that nobody ended in their unit of work; not that of a stream whose row is being worked on. */
    void endBlocks() {
        if (streams == null || !streams.isDelivering()) {
            blocks.endUnit();
        }
    }

    /** Closes what was forgotten in its unit of work. */
    void endUnit() {
        Failures failures = new Failures();
        if (jdbc != null) {
            failures.run(jdbc::endUnit);
        }
        closeAll(failures);
    }

    /** Closes what a thread left behind that died with it. */
    void endAbandoned() {
        Failures failures = new Failures();
        if (jdbc != null) {
            failures.run(jdbc::endAbandoned);
        }
        closeAll(failures);
    }

    private void closeAll(Failures failures) {
        List.copyOf(leases).forEach(forgotten -> failures.run(forgotten::close));
        List.copyOf(cursors).forEach(forgotten -> failures.run(forgotten::close));
        failures.throwIfAny();
    }
}
