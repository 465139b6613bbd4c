package dev.mooring;

/** How a block is to be atomic: the arguments of Django's {@code atomic}. Immutable. */
public final class AtomicOptions {

    private static final AtomicOptions DEFAULTS = new AtomicOptions(true, false, false);

    private final boolean savepoint;
    private final boolean durable;
    private final boolean readOnly;

    private AtomicOptions(boolean savepoint, boolean durable, boolean readOnly) {
        this.savepoint = savepoint;
        this.durable = durable;
        this.readOnly = readOnly;
    }

    /** {@return a savepoint when nested, not durable, may write} */
    public static AtomicOptions defaults() {
        return DEFAULTS;
    }

    /** {@return the same without a savepoint when nested: a failure then fails the block around it} */
    public AtomicOptions withoutSavepoint() {
        return new AtomicOptions(false, durable, readOnly);
    }

    /** {@return the same, but refused inside another block: what is done here is committed when it ends} */
    public AtomicOptions durable() {
        return new AtomicOptions(savepoint, true, readOnly);
    }

    /** {@return the same, promising to write nothing; on SQLite such a block queues behind no writer} */
    public AtomicOptions readOnly() {
        return new AtomicOptions(savepoint, durable, true);
    }

    boolean hasSavepoint() {
        return savepoint;
    }

    boolean isDurable() {
        return durable;
    }

    boolean isReadOnly() {
        return readOnly;
    }
}
