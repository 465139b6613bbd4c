package dev.mooring.wrapper;

import dev.mooring.config.IsolationLevel;
import dev.mooring.error.ErrorKind;
import dev.mooring.wrapper.BlockOptions.Flag;
import dev.mooring.wrapper.EnteredBlock.Purpose;
import dev.mooring.wrapper.TransactionStep.Action;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The state of a transaction and its atomic blocks: decides what entering and leaving a block takes, as in Django. Uses no JDBC.
 *
 * <p>Entering is asked first and recorded after it worked, so a failed BEGIN or SAVEPOINT changes nothing. For one
 * thread.
 */
public final class TransactionState {

    private enum Status {
        NONE,
        /** A transaction was begun, by a block or by hand. */
        OPEN,
        /** The connection was closed inside atomic: nothing more can be done, and nothing was. */
        CLOSED
    }

    private final String alias;
    private final long thread;
    private final boolean savepoints;

    /** The blocks entered and not left, the outermost first. */
    private final ArrayList<EnteredBlock> blocks = new ArrayList<>();

    /** Whether autocommit was turned off by hand. */
    private boolean autocommitOff;

    /** Whether transactions begun by hand promise to write nothing. */
    private boolean readOnlyByHand;

    private Status status = Status.NONE;

    private BlockOptions options = BlockOptions.DEFAULTS;
    private boolean readOnlySession;
    private boolean shared;
    private final RollbackMark rollback = new RollbackMark();
    private final TransactionHealth health = new TransactionHealth();

    private int counter;
    private long number;

    /**
     * @param thread the number of the thread, which the names of its savepoints have
     * @param savepoints whether the database has any
     */
    TransactionState(String alias, long thread, boolean savepoints) {
        this.alias = alias;
        this.thread = thread;
        this.savepoints = savepoints;
    }

    /** {@return what is known about the transaction that is open, or about the last one} */
    TransactionHealth health() {
        return health;
    }

    public boolean inAtomic() {
        return !blocks.isEmpty();
    }

    /** {@return how many blocks were entered and not left} */
    int depth() {
        return blocks.size();
    }

    /** {@return whether each statement is committed by itself: not inside atomic, nor when autocommit was turned off} */
    public boolean isAutocommit() {
        return blocks.isEmpty() && !autocommitOff;
    }

    public boolean isAutocommitOff() {
        return autocommitOff;
    }

    void setAutocommitOff(boolean autocommitOff) {
        this.autocommitOff = autocommitOff;
        readOnlyByHand = false;
    }

    /** {@return how to begin a transaction by hand} */
    BlockOptions optionsByHand() {
        return readOnlyByHand ? BlockOptions.READ_ONLY : BlockOptions.DEFAULTS;
    }

    public void setReadOnlyByHand(boolean readOnly) {
        readOnlyByHand = readOnly;
    }

    /** {@return whether a transaction was begun and has not ended, though its connection may be closed by now} */
    public boolean isOpen() {
        return status != Status.NONE;
    }

    /** {@return whether the transaction that is open was begun read-only} */
    boolean isReadOnly() {
        return options.has(Flag.READ_ONLY) || readOnlySession;
    }

    /** Says that objects of the driver were handed out, with which work may be done in the open transaction that is not seen here. */
    void share() {
        shared = true;
    }

    boolean isShared() {
        return shared;
    }

    /** {@return the isolation level that the open transaction was begun with; null if none was asked for} */
    @Nullable
    IsolationLevel isolationLevel() {
        return options.isolation();
    }

    /** Says whether the session refuses writes outside transactions too. */
    public void setReadOnlySession(boolean readOnly) {
        readOnlySession = readOnly;
    }

    /** {@return how many transactions were begun so far: the number of the one that is open} */
    public long number() {
        return number;
    }

    /** {@return whether the connection was closed inside atomic, whose blocks have yet to end} */
    boolean isClosed() {
        return status == Status.CLOSED;
    }

    boolean needsRollback() {
        return rollback.isSet();
    }

    /** {@return a name that no savepoint of this transaction has} */
    String newSavepoint() {
        return "s" + thread + "_x" + ++counter;
    }

    /** Starts numbering anew, unless savepoints may be there that would share their names. */
    void cleanSavepoints() {
        if (!isOpen()) {
            counter = 0;
        }
    }

    /** {@return what entering takes; nothing is recorded yet} By hand, the transaction must have been begun before. */
    TransactionStep entering(BlockOptions options) {
        if (blocks.isEmpty() && !autocommitOff) {
            return TransactionStep.BEGIN;
        }
        if (options.has(Flag.DURABLE) && blocks.stream().anyMatch(block -> !block.isAroundTest())) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(nestedDurable());
        }
        requireIsolation(options.isolation());
        boolean savepoint = savepoints && !options.has(Flag.WITHOUT_SAVEPOINT) && !rollback.isSet();
        return savepoint ? new TransactionStep(Action.SAVEPOINT, newSavepoint()) : TransactionStep.NOTHING;
    }

    /** A transaction keeps the level that it began with. */
    private void requireIsolation(@Nullable IsolationLevel wanted) {
        if (wanted == null || (inAtomic() && blocks.stream().allMatch(EnteredBlock::isAroundTest))) {
            return;
        }
        IsolationLevel level = levelForNested();
        if (level == null || level.compareTo(wanted) < 0) {
            String block = "An atomic block at isolation level " + wanted;
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(
                    isStream()
                            ? nestedInStream(block)
                            : ("%s on database '%s' cannot be nested within a transaction that was begun %s: give the"
                                            + " outermost block that level, or begin this one outside")
                                    .formatted(block, alias, level == null ? "without one" : "at " + level));
        }
    }

    private String nestedInStream(String block) {
        return ("%s on database '%s' cannot be nested within an open stream, which is a transaction of its own outside"
                        + " atomic: read it to its end or close it before")
                .formatted(block, alias);
    }

    /**
     * {@return the level that a block inside the others finds; null if none was asked for} Code under test is not to know of the
     * block around the test: the first block inside that stands for the transaction.
     */
    private @Nullable IsolationLevel levelForNested() {
        return inAtomic() && blocks.get(0).isAroundTest()
                ? blocks.stream()
                        .filter(block -> !block.isAroundTest())
                        .findFirst()
                        .map(EnteredBlock::isolationLevel)
                        .orElse(null)
                : isolationLevel();
    }

    private String nestedDurable() {
        return isStream()
                ? nestedInStream("A durable atomic block")
                : ("A durable atomic block on database '%s' cannot be nested within another atomic block: begin it"
                                + " outside, or leave out durable()")
                        .formatted(alias);
    }

    /** {@return the block that is entered by the step of {@link #entering}} Takes what memory it needs, before anything is done. */
    EnteredBlock block(TransactionStep step, BlockOptions options, Purpose purpose, @Nullable String origin) {
        blocks.ensureCapacity(blocks.size() + 1);
        return new EnteredBlock(step, options, purpose, origin);
    }

    /** Records that the step into {@code block} worked. */
    void entered(EnteredBlock block, BlockOptions options) {
        if (block.entry() == Action.BEGIN) {
            begun();
            this.options = options;
        }
        blocks.add(block);
    }

    /** Records that a transaction was begun. */
    void begun() {
        reset();
        number++;
        shared = false;
        status = Status.OPEN;
        options = optionsByHand();
        health.reset();
    }

    /** Resets the state after the transaction was committed or rolled back. */
    void reset() {
        status = Status.NONE;
        options = BlockOptions.DEFAULTS;
        rollback.clear();
    }

    boolean contains(EnteredBlock block) {
        return blocks.contains(block);
    }

    boolean isInnermost(EnteredBlock block) {
        return !blocks.isEmpty() && blocks.get(blocks.size() - 1) == block;
    }

    /** {@return whether there are blocks, all of which end with the unit of work} */
    boolean isForgotten() {
        return !blocks.isEmpty() && blocks.stream().allMatch(EnteredBlock::endsWithUnit);
    }

    /** {@return the innermost block, if the begin of a unit of work ends it} */
    @Nullable
    EnteredBlock forgottenBeforeUnit() {
        EnteredBlock innermost = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        return innermost != null && innermost.endsBeforeUnit() ? innermost : null;
    }

    /** {@return whether the outermost block is one for streams} */
    public boolean isStream() {
        return !blocks.isEmpty() && blocks.get(0).isStream();
    }

    /** {@return the query of the stream whose transaction this is; null if it is none} */
    @Nullable
    String streamed() {
        return isStream() ? blocks.get(0).origin() : null;
    }

    /** {@return what leaving the innermost block takes, which is hereby left} */
    TransactionStep leaving(boolean failed) {
        EnteredBlock left = blocks.remove(blocks.size() - 1);
        boolean rollsBack = failed || rollback.isSet();
        if (isClosed()) {
            if (blocks.isEmpty()) {
                autocommitOff = false;
                reset();
            } else {
                rollback.set(null);
            }
            return TransactionStep.NOTHING;
        }
        switch (left.entry()) {
            case BEGIN -> reset();
            case SAVEPOINT -> rollback.clear();
            default -> {
                if (rollsBack) {
                    rollback.set(null);
                }
            }
        }
        return left.exit(rollsBack);
    }

    /**
     * Makes the innermost block end in a rollback, and the blocks around it up to the next one with a savepoint. In a transaction
     * by hand, the whole transaction has to be rolled back.
     *
     * @param cause why, for those who are refused because of it; the first one counts
     */
    public void markForRollback(@Nullable Throwable cause) {
        if (isOpen()) {
            rollback.set(cause);
        }
    }

    /**
     * Marks for rollback because somebody asked for the transaction's end through JDBC and was refused. Whoever hides
     * that refusal is told by the block that it rolls back.
     */
    public void markEndRefused(Throwable refusal) {
        if (isOpen()) {
            rollback.setBecauseRefused(refusal);
        }
    }

    /** {@return the last refusal that {@link #markEndRefused} was told for the innermost block; null for none} */
    @Nullable
    Throwable endRefused() {
        return rollback.endRefused();
    }

    void setRollback(boolean marked) {
        rollback.clear();
        if (marked) {
            rollback.set(null);
        }
    }

    /** {@return what {@link #markForRollback} was told} */
    @Nullable
    Throwable cause() {
        return rollback.cause();
    }

    /** The connection was closed: nothing more can be done, and nothing was. */
    void markClosed() {
        if (inAtomic()) {
            status = Status.CLOSED;
            rollback.set(null);
        }
    }

    /** Lets a statement run, unless its transaction can only be rolled back. */
    void checkUsable() {
        Throwable ended = health.endedBy();
        if (ended != null && status == Status.OPEN) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(
                    ("The database '%s' itself rolled the transaction back, with the error that is the cause of this"
                                    + " one: nothing runs in it any more. Let the error out, and begin another")
                            .formatted(alias),
                    ended);
        }
        if (rollback.isSet()) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(refusal(), rollback.cause());
        }
    }

    private String refusal() {
        if (isClosed()) {
            return "The connection to database '%s' was closed or lost inside atomic: no statement can run until the block ends"
                    .formatted(alias);
        }
        return (inAtomic()
                        ? "An error occurred in this atomic block on database '%s': no statement can run until the block ends"
                        : "An error occurred in this transaction on database '%s': nothing can run or be committed until rollback()")
                .formatted(alias);
    }
}
