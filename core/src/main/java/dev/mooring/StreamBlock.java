package dev.mooring;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The read-only block in which streams are read outside atomic. Those open at a time share it, with the cursors opened
 * beside them, since its end takes the rows of all: the last to be closed ends it. Confined to the wrapper's thread.
 */
final class StreamBlock {

    private final AtomicBlock block;

    /** The streams and cursors that are open in it. */
    private final Set<Object> readers = Collections.newSetFromMap(new IdentityHashMap<>(4));

    private boolean failed;

    /** How many calls are under way that were handed a row. */
    private int deliveries;

    StreamBlock(AtomicBlock block) {
        this.block = block;
    }

    boolean isOpen() {
        return block.isOpen();
    }

    boolean isInnermost() {
        return block.isInnermost();
    }

    /** {@return whether a row is being worked on, so that nobody has forgotten the stream} */
    boolean isDelivering() {
        return deliveries > 0;
    }

    void opened(Object reader) {
        readers.add(reader);
    }

    /** A stream is opened in it; if that fails, this ends unless another is read. */
    void read(RowStream rows) {
        try {
            opened(rows);
        } catch (Throwable e) {
            endUnlessRead();
            throw e;
        }
    }

    void closed(Object reader) {
        readers.remove(reader);
    }

    /** If it was read in here, what is left can only be rolled back. */
    void failed(Object reader) {
        failed |= readers.contains(reader);
    }

    void deliver(Runnable call) {
        deliveries++;
        try {
            call.run();
        } finally {
            deliveries--;
        }
    }

    /** Ends it, unless it has ended or is still read. Nothing was written, but there may be hooks: so it is committed. */
    void endUnlessRead() {
        if (!readers.isEmpty() || !isOpen()) {
            return;
        }
        try (block) {
            if (!failed) {
                block.commit();
            }
        }
    }

    /** Closes what is still open in it: its rows are gone. */
    void closeCursors() {
        for (Object reader : List.copyOf(readers)) {
            if (reader instanceof Cursor cursor) {
                cursor.close();
            }
        }
    }
}
