package dev.mooring;

import dev.mooring.wrapper.AtomicBlocks;
import dev.mooring.wrapper.EnteredBlock;

/**
 * A block of {@code atomic} for try-with-resources: rolled back by {@link #close()} unless {@link #commit()} came first.
 *
 * <pre>{@code
 * try (AtomicBlock block = databases.get().beginAtomic()) {
 *     databases.execute("UPDATE item SET price = price + %s", 1);
 *     block.commit();
 * }
 * }</pre>
 *
 * <p>Blocks end in the reverse order of their beginning; ending an outer one first rolls both back and is an error. One
 * that was begun in a unit of work and is still open at its end is rolled back, with a warning in the log. For the thread
 * that began it.
 */
public final class AtomicBlock implements AutoCloseable {

    private final AtomicBlocks blocks;
    private final EnteredBlock block;

    AtomicBlock(AtomicBlocks blocks, EnteredBlock block) {
        this.blocks = blocks;
        this.block = block;
    }

    /**
     * Ends the block well: the outermost is committed, and the commit hooks run; a nested one keeps what it did for the
     * block around it.
     *
     * @throws dev.mooring.error.TransactionManagementException if the block has ended already, a block inside it has not,
     *     or a failed statement's error was swallowed
     * @throws dev.mooring.error.CommitOutcomeUnknownException if the answer to the commit was lost
     */
    public void commit() {
        blocks.commit(block);
    }

    /** {@return whether it has not ended, and no block inside it is open} */
    public boolean isInnermost() {
        return blocks.isInnermost(block);
    }

    /** Rolls back what was not committed. Does nothing after {@link #commit()}, or the second time. */
    @Override
    public void close() {
        blocks.abandon(block);
    }
}
