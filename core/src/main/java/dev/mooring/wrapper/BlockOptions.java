package dev.mooring.wrapper;

import dev.mooring.config.IsolationLevel;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an atomic block is to be entered and left. Immutable. */
public final class BlockOptions {

    /** What differs from the defaults. */
    public enum Flag {
        /** It has no savepoint when nested. */
        WITHOUT_SAVEPOINT,
        /** It is refused inside another block. */
        DURABLE,
        /** The transaction that it begins refuses writes. */
        READ_ONLY,
        /** The transaction's name is asked for before COMMIT. */
        RESOLVABLE,
        /** It is rolled back after a test, so that blocks right inside it may be durable. */
        AROUND_TEST
    }

    public static final BlockOptions DEFAULTS = new BlockOptions(EnumSet.noneOf(Flag.class), null);
    static final BlockOptions READ_ONLY = DEFAULTS.with(Flag.READ_ONLY);

    private final Set<Flag> flags;
    private final @Nullable IsolationLevel isolation;

    private BlockOptions(Set<Flag> flags, @Nullable IsolationLevel isolation) {
        this.flags = flags;
        this.isolation = isolation;
    }

    /** {@return the same and {@code flag}} */
    public BlockOptions with(Flag flag) {
        Set<Flag> more = EnumSet.of(flag);
        more.addAll(flags);
        return new BlockOptions(more, isolation);
    }

    /** {@return the same at this isolation level} */
    public BlockOptions with(IsolationLevel level) {
        return new BlockOptions(flags, level);
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }

    /** {@return the isolation level of the transaction that it begins; null for that of the connection} */
    @Nullable
    IsolationLevel isolation() {
        return isolation;
    }
}
