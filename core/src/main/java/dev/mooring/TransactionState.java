package dev.mooring;

import dev.mooring.error.ErrorKind;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The state of a transaction and its atomic blocks: decides what entering and leaving a block takes, as in Django. Uses no JDBC.
 *
 * <p>Entering is asked first and recorded after it worked, so a failed BEGIN or SAVEPOINT changes nothing. For one
 * thread.
 */
final class TransactionState {

    /** What to do to the database. */
    enum Action {
        BEGIN,
        SAVEPOINT,
        COMMIT,
        ROLLBACK,
        RELEASE,
        ROLLBACK_TO,
        NOTHING;

        boolean undoes() {
            return this == ROLLBACK || this == ROLLBACK_TO;
        }
    }

    /** An action, and the savepoint it is about. */
    record Step(Action action, @Nullable String savepoint) {
        static final Step NOTHING = new Step(Action.NOTHING, null);
        private static final Step BEGIN = new Step(Action.BEGIN, null);
        static final Step COMMIT = new Step(Action.COMMIT, null);
        static final Step ROLLBACK = new Step(Action.ROLLBACK, null);
    }

    /** What a block is begun for. */
    enum Purpose {
        /** It ends where its code says. */
        CODE,
        /** Begun outside a unit of work for its caller to end: the begin of a unit ends it too, if nobody did before. */
        HANDLE,
        /** The end of the unit of work ends it too, if nobody did before. */
        UNIT,
        /** Streams are read in it; it ends with the begin and the end of a unit of work as well. */
        STREAM
    }

    /** A block that was entered: itself and no other. It knows how it is left, which must not take memory. */
    static final class Block {
        private final Step entry;
        private final Step success;
        private final Step rollback;
        private final boolean aroundTest;
        private final Purpose purpose;
        private final @Nullable String origin;

        private Block(Step entry, boolean aroundTest, Purpose purpose, @Nullable String origin) {
            this.entry = entry;
            this.success = success(entry);
            this.rollback = rollback(entry);
            this.aroundTest = aroundTest;
            this.purpose = purpose;
            this.origin = origin;
        }

        private static Step success(Step entry) {
            return switch (entry.action()) {
                case BEGIN -> Step.COMMIT;
                case SAVEPOINT -> new Step(Action.RELEASE, entry.savepoint());
                default -> Step.NOTHING;
            };
        }

        private static Step rollback(Step entry) {
            return switch (entry.action()) {
                case BEGIN -> Step.ROLLBACK;
                case SAVEPOINT -> new Step(Action.ROLLBACK_TO, entry.savepoint());
                default -> Step.NOTHING;
            };
        }

        /** {@return what it is, for messages: with the place where it was begun, or the query that is streamed in it} */
        String describe() {
            String name = purpose == Purpose.STREAM ? "A stream" : "An atomic block";
            String by = purpose == Purpose.STREAM ? " of: " : " begun at ";
            return origin == null ? name : name + by + origin;
        }
    }

    private final String alias;
    private final String prefix;

    /** The blocks entered and not left, the outermost first. */
    private final ArrayList<Block> blocks = new ArrayList<>();

    /** Whether autocommit was turned off by hand. */
    private boolean autocommitOff;

    /** Whether transactions begun by hand promise to write nothing. */
    private boolean readOnlyByHand;

    /** Whether a transaction was begun, by a block or by hand. */
    private boolean open;

    private boolean readOnly;
    private boolean readOnlySession;
    private boolean shared;
    private boolean needsRollback;
    private @Nullable Throwable cause;
    private @Nullable Throwable endRefused;
    private boolean closed;
    private boolean statementRan;
    private boolean statusUnknown;

    /** Whether somebody has an object of the driver with which he can end the transaction at any time. */
    private boolean exposed;

    /** The error after which the database runs nothing more in this transaction, if that is so. */
    private @Nullable Throwable failure;

    /** The error with which the database rolled the transaction back by itself. */
    private @Nullable Throwable ended;

    private int counter;
    private long number;

    TransactionState(String alias, String prefix) {
        this.alias = alias;
        this.prefix = prefix;
    }

    boolean inAtomic() {
        return !blocks.isEmpty();
    }

    /** {@return how many blocks were entered and not left} */
    int depth() {
        return blocks.size();
    }

    boolean isAutocommitOff() {
        return autocommitOff;
    }

    void setAutocommitOff(boolean autocommitOff) {
        this.autocommitOff = autocommitOff;
        readOnlyByHand = false;
    }

    /** {@return how to begin a transaction by hand} */
    AtomicOptions optionsByHand() {
        return readOnlyByHand ? AtomicOptions.defaults().readOnly() : AtomicOptions.defaults();
    }

    void setReadOnlyByHand(boolean readOnly) {
        readOnlyByHand = readOnly;
    }

    boolean isOpen() {
        return open;
    }

    /** {@return whether the transaction that is open was begun read-only} */
    boolean isReadOnly() {
        return readOnly || readOnlySession;
    }

    /** Says that things may be done in the transaction that is open which are not seen, with objects of the driver. */
    void share() {
        shared = true;
    }

    boolean isShared() {
        return shared;
    }

    /** Says whether the session refuses writes outside transactions too. */
    void setReadOnlySession(boolean readOnly) {
        readOnlySession = readOnly;
    }

    /** {@return how many transactions were begun so far: the number of the one that is open} */
    long number() {
        return number;
    }

    boolean isClosed() {
        return closed;
    }

    boolean needsRollback() {
        return needsRollback;
    }

    /** {@return a name that no savepoint of this transaction has} */
    String newSavepoint() {
        return prefix + "_x" + ++counter;
    }

    /** Starts numbering anew, unless savepoints may be there that would share their names. */
    void cleanSavepoints() {
        if (!open) {
            counter = 0;
        }
    }

    /** {@return what entering takes; nothing is recorded yet} By hand, the transaction must have been begun before. */
    Step entering(AtomicOptions options) {
        if (blocks.isEmpty() && !autocommitOff) {
            return Step.BEGIN;
        }
        if (options.isDurable() && blocks.stream().anyMatch(block -> !block.aroundTest)) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(nestedDurable());
        }
        boolean savepoint = options.hasSavepoint() && !needsRollback;
        return savepoint ? new Step(Action.SAVEPOINT, newSavepoint()) : Step.NOTHING;
    }

    private String nestedDurable() {
        return isStream()
                ? ("A durable atomic block on database '%s' cannot be nested within an open stream, which is a"
                                + " transaction of its own outside atomic: read it to its end or close it before")
                        .formatted(alias)
                : ("A durable atomic block on database '%s' cannot be nested within another atomic block: begin it"
                                + " outside, or leave out durable()")
                        .formatted(alias);
    }

    /** {@return the block that is entered by the step of {@link #entering}} Takes what memory it needs, before anything is done. */
    Block block(Step step, AtomicOptions options, Purpose purpose, @Nullable String origin) {
        blocks.ensureCapacity(blocks.size() + 1);
        return new Block(step, options.isAroundTest(), purpose, origin);
    }

    /** Records that the step into {@code block} worked. */
    void entered(Block block, AtomicOptions options) {
        if (block.entry.action() == Action.BEGIN) {
            begun();
            readOnly = options.isReadOnly();
        }
        blocks.add(block);
    }

    /** Records that a transaction was begun. */
    void begun() {
        reset();
        number++;
        shared = false;
        open = true;
        readOnly = readOnlyByHand;
        statementRan = false;
        statusUnknown = false;
        exposed = false;
        failure = null;
        ended = null;
    }

    /** Resets the state after the transaction was committed or rolled back. */
    void reset() {
        open = false;
        readOnly = false;
        closed = false;
        setRollback(false);
    }

    boolean contains(Block block) {
        return blocks.contains(block);
    }

    boolean isInnermost(Block block) {
        return !blocks.isEmpty() && blocks.get(blocks.size() - 1) == block;
    }

    /** {@return whether there are blocks, all of which end with the unit of work} */
    boolean isForgotten() {
        return !blocks.isEmpty()
                && blocks.stream().allMatch(block -> block.purpose == Purpose.UNIT || block.purpose == Purpose.STREAM);
    }

    /** {@return the innermost block, if the begin of a unit of work ends it} */
    @Nullable
    Block forgottenBeforeUnit() {
        Block innermost = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        return innermost != null
                        && !innermost.aroundTest
                        && (innermost.purpose == Purpose.HANDLE || innermost.purpose == Purpose.STREAM)
                ? innermost
                : null;
    }

    /** {@return whether the outermost block is one for streams} */
    boolean isStream() {
        return !blocks.isEmpty() && blocks.get(0).purpose == Purpose.STREAM;
    }

    /** {@return the query of the stream whose transaction this is; null if it is none} */
    @Nullable
    String streamed() {
        return isStream() ? blocks.get(0).origin : null;
    }

    /** {@return what leaving the innermost block takes, which is hereby left} */
    Step leaving(boolean failed) {
        Block left = blocks.remove(blocks.size() - 1);
        boolean rollback = failed || needsRollback;
        if (closed) {
            if (blocks.isEmpty()) {
                autocommitOff = false;
                reset();
            } else {
                needsRollback = true;
            }
            return Step.NOTHING;
        }
        switch (left.entry.action()) {
            case BEGIN -> reset();
            case SAVEPOINT -> setRollback(false);
            default -> needsRollback = rollback;
        }
        return rollback ? left.rollback : left.success;
    }

    /**
     * Makes the innermost block, and every one around it without a savepoint between, end in a rollback. By hand, it is
     * the transaction that has to.
     *
     * @param cause why, for those who are refused because of it; the first one counts
     */
    void markForRollback(@Nullable Throwable cause) {
        if (open) {
            needsRollback = true;
            this.cause = this.cause == null ? cause : this.cause;
        }
    }

    /**
     * Marks for rollback because somebody asked for the transaction's end through JDBC and was refused. Whoever hides
     * that refusal is told by the block that it rolls back.
     */
    void markEndRefused(Throwable refusal) {
        markForRollback(refusal);
        if (open) {
            endRefused = refusal;
        }
    }

    /** {@return the last refusal that {@link #markEndRefused} was told for the innermost block; null for none} */
    @Nullable
    Throwable endRefused() {
        return endRefused;
    }

    void setRollback(boolean rollback) {
        needsRollback = rollback;
        cause = null;
        endRefused = null;
    }

    /** {@return what {@link #markForRollback} was told} */
    @Nullable
    Throwable cause() {
        return cause;
    }

    /** The connection was closed: nothing more can be done, and nothing was. */
    void markClosed() {
        if (inAtomic()) {
            closed = true;
            needsRollback = true;
        }
    }

    /** Says that something happened which may have ended the transaction without the layer seeing it. */
    void markStatusUnknown() {
        statusUnknown = true;
    }

    /** Says that from now on the transaction may be ended without the layer seeing it at any time. */
    void markExposed() {
        exposed = true;
    }

    boolean isExposed() {
        return exposed;
    }

    /** {@return whether something happened that may have ended the transaction} */
    boolean isStatusUnknown() {
        return statusUnknown || exposed;
    }

    /** Says that the transaction was looked at, and is still open. */
    void clearStatusUnknown() {
        statusUnknown = false;
    }

    /** Says that a statement ran in this transaction. Some drivers begin it only then. */
    void statementRan() {
        statementRan = true;
        failure = null;
    }

    /** Says that the database runs nothing more in this transaction because of {@code error}; the first one counts. */
    void failed(Throwable error) {
        failure = failure == null ? error : failure;
    }

    /** Says that the database itself rolled the transaction back with {@code error}; the first one counts. */
    void endedBy(Throwable error) {
        ended = ended == null ? error : ended;
    }

    /** {@return the error with which the database rolled the transaction back by itself; null if it has not} */
    @Nullable
    Throwable endedBy() {
        return ended;
    }

    /** {@return the error after which the database runs nothing more in this transaction; null if it does} */
    @Nullable
    Throwable failure() {
        return failure;
    }

    boolean hasStatementRun() {
        return statementRan;
    }

    /** Lets a statement run, unless its transaction can only be rolled back. */
    void checkUsable() {
        if (ended != null && open && !closed) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(
                    ("The database '%s' itself rolled the transaction back, with the error that is the cause of this"
                                    + " one: nothing runs in it any more. Let the error out, and begin another")
                            .formatted(alias),
                    ended);
        }
        if (needsRollback) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(refusal(), cause);
        }
    }

    private String refusal() {
        if (closed) {
            return "The connection to database '%s' was closed or lost inside atomic: no statement can run until the block ends"
                    .formatted(alias);
        }
        return (inAtomic()
                        ? "An error occurred in this atomic block on database '%s': no statement can run until the block ends"
                        : "An error occurred in this transaction on database '%s': nothing can run or be committed until rollback()")
                .formatted(alias);
    }
}
