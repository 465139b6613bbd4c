package dev.mooring.wrapper;

import dev.mooring.wrapper.EnteredBlock.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * The transaction for the streams of one wrapper, while there is one. For units of work it stands for all atomic blocks, because
 * none of them may be ended while a caller processes a row of a stream. Confined to the wrapper's thread.
 */
public final class Streams implements UnitParticipant {

    private final ThreadGuard guard;
    private final TransactionState state;
    private final AtomicBlocks blocks;
    private @Nullable StreamBlock current;

    Streams(ThreadGuard guard, TransactionState state, AtomicBlocks blocks) {
        this.guard = guard;
        this.state = state;
        this.blocks = blocks;
    }

    /** {@return the block that a stream is to be read in; null if there is a transaction that is not for streams alone} */
    public @Nullable StreamBlock block(String sql) {
        guard.check();
        if (state.isAutocommit()) {
            current = begin(sql);
        } else if (current != null && !current.isOpen()) {
            current = null;
        }
        return current;
    }

    private StreamBlock begin(String sql) {
        EnteredBlock begun = blocks.begin(BlockOptions.READ_ONLY, Purpose.STREAM, sql);
        try {
            return new StreamBlock(blocks, begun);
        } catch (Throwable e) {
            blocks.abandon(begun);
            throw e;
        }
    }

    void opened(OpenResource cursor) {
        if (current != null && current.isOpen()) {
            current.opened(cursor);
        }
    }

    void closed(OpenResource cursor) {
        if (current != null) {
            current.closed(cursor);
        }
    }

    /** Has the transaction rolled back if {@code cursor}, which failed, is read in it. */
    void failed(OpenResource cursor) {
        if (current != null) {
            current.failed(cursor);
        }
    }

    /** Ends the blocks that were forgotten before the unit of work, and closes the cursors that were read in them. */
    @Override
    public void beginUnit() {
        if (!isDelivering()) {
            blocks.beginUnit();
            closeCursorsIfEnded();
        }
    }

    /** Ends the blocks that were left open in the unit of work, but not that of a stream while a caller processes a row. */
    @Override
    public void endUnit() {
        if (!isDelivering()) {
            blocks.endUnit();
        }
    }

    private boolean isDelivering() {
        return current != null && current.isDelivering();
    }

    /** A cursor was read or closed, maybe the last in the transaction. */
    void endUnlessRead() {
        if (current != null && current.isInnermost()) {
            current.endUnlessRead();
        }
    }

    /** Closes the cursors of a transaction that has ended. */
    private void closeCursorsIfEnded() {
        if (current != null && !current.isOpen()) {
            current.closeCursors();
        }
    }
}
