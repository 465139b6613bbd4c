package dev.mooring.wrapper;

import dev.mooring.statement.Failures;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The read-only transaction in which streams are read outside atomic. Streams and cursors that are open at the same time share
 * it, because its end discards the rows of all: the last one to be closed ends it. Confined to the wrapper's thread.
 */
public final class StreamBlock {

    private final AtomicBlocks blocks;
    private final EnteredBlock block;
    /** The streams and cursors that are open in it. */
    private final Set<Object> readers = Collections.newSetFromMap(new IdentityHashMap<>(4));

    private boolean failed;
    /** How many rows callers are processing now: one, or more if processing a row reads another stream. */
    private int deliveries;

    StreamBlock(AtomicBlocks blocks, EnteredBlock block) {
        this.blocks = blocks;
        this.block = block;
    }

    boolean isOpen() {
        return blocks.isOpen(block);
    }

    public boolean isInnermost() {
        return blocks.isInnermost(block);
    }

    /** {@return whether a caller is processing a row, so that the stream is not a forgotten one} */
    boolean isDelivering() {
        return deliveries > 0;
    }

    void opened(Object reader) {
        readers.add(reader);
    }

    /** Registers a stream; if that fails, the transaction ends unless another reader is open. */
    public void read(Object stream) {
        try {
            opened(stream);
        } catch (Throwable e) {
            endUnlessRead();
            throw e;
        }
    }

    public void closed(Object reader) {
        readers.remove(reader);
    }

    /** Has the transaction rolled back at its end if {@code reader}, which failed, is one of its readers. */
    public void failed(Object reader) {
        failed |= readers.contains(reader);
    }

    public void deliver(Runnable call) {
        deliveries++;
        try {
            call.run();
        } finally {
            deliveries--;
        }
    }

    /** Ends the transaction unless a reader is open. Commits it: nothing was written, but commit hooks may wait. */
    public void endUnlessRead() {
        if (!readers.isEmpty() || !isOpen()) {
            return;
        }
        try {
            if (!failed) {
                blocks.commit(block);
            }
        } catch (Throwable e) {
            abandonAfter(e);
            throw e;
        }
        blocks.abandon(block);
    }

    private void abandonAfter(Throwable failure) {
        try {
            blocks.abandon(block);
        } catch (RuntimeException | Error e) {
            Failures.suppress(failure, e);
        }
    }

    /** Closes the cursors that are still open in the transaction, which has ended. */
    void closeCursors() {
        for (Object reader : List.copyOf(readers)) {
            if (reader instanceof OpenResource cursor) {
                cursor.close();
            }
        }
    }
}
