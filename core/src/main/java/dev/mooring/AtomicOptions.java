package dev.mooring;

import static java.util.Objects.requireNonNull;

import dev.mooring.config.IsolationLevel;
import dev.mooring.wrapper.BlockOptions;
import dev.mooring.wrapper.BlockOptions.Flag;

/** How a block is to be atomic: the arguments of Django's {@code atomic}. Immutable. */
public final class AtomicOptions {

    private static final AtomicOptions DEFAULTS = new AtomicOptions(BlockOptions.DEFAULTS, 0);

    private final BlockOptions block;
    private final int retries;

    private AtomicOptions(BlockOptions block, int retries) {
        this.block = block;
        this.retries = retries;
    }

    /** {@return a savepoint when nested, not durable, may write} */
    public static AtomicOptions defaults() {
        return DEFAULTS;
    }

    /** {@return the same without a savepoint when nested: a failure then fails the block around it} */
    public AtomicOptions withoutSavepoint() {
        return with(Flag.WITHOUT_SAVEPOINT);
    }

    /** {@return the same, but refused inside another block: what is done here is committed when it ends} */
    public AtomicOptions durable() {
        return with(Flag.DURABLE);
    }

    /**
     * {@return the same, promising to write nothing, to which the database holds it; on SQLite it queues behind no writer}
     *
     * <p>What counts is the outermost block: in it, those inside may not write either; inside one that may write, this
     * changes nothing. A statement that writes all the same is a
     * {@link dev.mooring.error.TransactionManagementException}.
     */
    public AtomicOptions readOnly() {
        return with(Flag.READ_ONLY);
    }

    /**
     * {@return the same, asking for the transaction's name before COMMIT} That costs a round trip on PostgreSQL; then
     * {@link Databases#outcome} can tell later what became of a commit whose answer was lost. For the outermost block.
     */
    public AtomicOptions resolvable() {
        return with(Flag.RESOLVABLE);
    }

    /**
     * {@return the same, run again up to {@code times} times if another transaction was in its way}
     *
     * <p>Declares that the block is safe to repeat: what it does outside the database is done again, what it registered
     * with {@code onCommit} counts for the try that succeeds. Repeated is the outermost block alone, after a pause that
     * grows, and never after a {@link dev.mooring.error.CommitOutcomeUnknownException}. The errors of earlier tries are
     * suppressed in the last one.
     *
     * @throws IllegalArgumentException if {@code times} is negative
     */
    public AtomicOptions retrying(int times) {
        if (times < 0) {
            throw new IllegalArgumentException("retrying takes 0 or more times, not " + times);
        }
        return new AtomicOptions(block, times);
    }

    /** {@return the same, for the block that is rolled back after a test: blocks right inside it may be durable} */
    public AtomicOptions aroundTest() {
        return with(Flag.AROUND_TEST);
    }

    /**
     * {@return the same, for a transaction of this isolation level} For the outermost block: a block inside it may ask for the
     * same level or a weaker one, and for none if the outermost block asked for none. The level ends with the transaction.
     * SQLite's transactions are all serializable, whichever level is asked for.
     *
     * <p>At {@link IsolationLevel#REPEATABLE_READ} and above, PostgreSQL fails one of two transactions that are in each
     * other's way with a {@link dev.mooring.error.TransactionConflictException}: combine it with {@link #retrying}. Costs a
     * round trip on PostgreSQL.
     */
    public AtomicOptions isolation(IsolationLevel wanted) {
        return new AtomicOptions(block.with(requireNonNull(wanted, "wanted")), retries);
    }

    private AtomicOptions with(Flag flag) {
        return new AtomicOptions(block.with(flag), retries);
    }

    /** {@return what concerns each block, without the retries} */
    BlockOptions block() {
        return block;
    }

    int retries() {
        return retries;
    }
}
