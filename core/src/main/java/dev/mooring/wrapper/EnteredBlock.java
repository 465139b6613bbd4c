package dev.mooring.wrapper;

import dev.mooring.config.IsolationLevel;
import dev.mooring.wrapper.BlockOptions.Flag;
import dev.mooring.wrapper.TransactionStep.Action;
import org.jspecify.annotations.Nullable;

/**
 * An atomic block that was entered and not left yet. The steps that leave it are made when it is entered, since
 * leaving must take no memory.
 */
public final class EnteredBlock {

    /** What a block is begun for. */
    public enum Purpose {
        /** It ends where its code says. */
        CODE,
        /** Begun outside a unit of work. Its caller ends it; if that was forgotten, the next unit of work ends it when it begins. */
        HANDLE,
        /** The end of the unit of work ends it too, if nobody did before. */
        UNIT,
        /** Streams are read in it; it ends with the begin and the end of a unit of work as well. */
        STREAM
    }

    private final TransactionStep entry;
    private final TransactionStep success;
    private final TransactionStep rollback;
    private final BlockOptions options;
    private final Purpose purpose;
    private final @Nullable String origin;

    /** @param origin where it was begun, or the query that is streamed in it; null if nobody needs to be told */
    EnteredBlock(TransactionStep entry, BlockOptions options, Purpose purpose, @Nullable String origin) {
        this.entry = entry;
        this.success = success(entry);
        this.rollback = rollback(entry);
        this.options = options;
        this.purpose = purpose;
        this.origin = origin;
    }

    private static TransactionStep success(TransactionStep entry) {
        return switch (entry.action()) {
            case BEGIN -> TransactionStep.COMMIT;
            case SAVEPOINT -> new TransactionStep(Action.RELEASE, entry.savepoint());
            default -> TransactionStep.NOTHING;
        };
    }

    private static TransactionStep rollback(TransactionStep entry) {
        return switch (entry.action()) {
            case BEGIN -> TransactionStep.ROLLBACK;
            case SAVEPOINT -> new TransactionStep(Action.ROLLBACK_TO, entry.savepoint());
            default -> TransactionStep.NOTHING;
        };
    }

    /** {@return what entering it took} */
    Action entry() {
        return entry.action();
    }

    /** {@return what leaving it takes} */
    TransactionStep exit(boolean undo) {
        return undo ? rollback : success;
    }

    boolean isAroundTest() {
        return options.has(Flag.AROUND_TEST);
    }

    /** {@return the isolation level that it asked for; null if it did not} */
    @Nullable
    IsolationLevel isolationLevel() {
        return options.isolation();
    }

    boolean isStream() {
        return purpose == Purpose.STREAM;
    }

    /** {@return whether the begin of a unit of work ends it} */
    boolean endsBeforeUnit() {
        return !isAroundTest() && (purpose == Purpose.HANDLE || purpose == Purpose.STREAM);
    }

    /** {@return whether the end of a unit of work ends it} */
    boolean endsWithUnit() {
        return purpose == Purpose.UNIT || purpose == Purpose.STREAM;
    }

    @Nullable
    String origin() {
        return origin;
    }

    /** {@return what it is, for messages: with the place where it was begun, or the query that is streamed in it} */
    String describe() {
        String name = isStream() ? "A stream" : "An atomic block";
        String by = isStream() ? " of: " : " begun at ";
        return origin == null ? name : name + by + origin;
    }
}
