package dev.mooring.wrapper;

import dev.mooring.statement.Failures;

/**
 * What the begin and the end of a unit of work do to one wrapper, in this order. The steps are made with the wrapper,
 * since ending must take no memory. Confined to the wrapper's thread.
 */
final class UnitBoundary {

    private final TransactionState state;
    private final ConnectionHolder held;
    private final OpenResources open;
    private final Streams streams;
    private final AtomicBlocks blocks;
    private final ManualTransaction manual;
    private final QueryLog queries;

    private final Runnable[] end;
    private final Runnable[] release;

    UnitBoundary(
            TransactionState state,
            ConnectionHolder held,
            OpenResources open,
            Streams streams,
            AtomicBlocks blocks,
            ManualTransaction manual,
            QueryLog queries) {
        this.state = state;
        this.held = held;
        this.open = open;
        this.streams = streams;
        this.blocks = blocks;
        this.manual = manual;
        this.queries = queries;
        this.end = new Runnable[] {this::endBlocks, manual::endUnit, this::release, queries::endUnit};
        this.release = new Runnable[] {open::endUnit, held::endUnit};
    }

    /** Ends what was forgotten before the unit, which would run inside it, and closes a connection that is too old. */
    void begin() {
        queries.reset();
        endForgotten();
        held.closeIfUnusableOrObsolete();
    }

    private void endForgotten() {
        if (streams.isDelivering()) {
            return;
        }
        blocks.beginUnit();
        streams.closeCursorsIfEnded();
        if (!state.inAtomic()) {
            open.closeViewsBeforeUnit();
            manual.beginUnit();
            open.closeForgotten();
        }
    }

    /** Ends what was left open in the unit and releases what was leased for it; each step whatever happens to the others. */
    void end() {
        Failures.runAll(end);
    }

    /** Ends the blocks that were left open in the unit of work, but not that of a stream while a caller processes a row. */
    private void endBlocks() {
        if (!streams.isDelivering()) {
            blocks.endUnit();
        }
    }

    private void release() {
        if (state.inAtomic()) {
            held.deferBoundary();
        } else {
            Failures.runAll(release);
        }
    }
}
