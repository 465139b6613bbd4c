package dev.mooring.wrapper;

import dev.mooring.config.IsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * How an atomic block is to be entered and left.
 *
 * @param savepoint whether it has a savepoint when nested
 * @param durable whether it is refused inside another block
 * @param readOnly whether the transaction that it begins refuses writes
 * @param resolvable whether the transaction's name is asked for before COMMIT
 * @param aroundTest whether it is rolled back after a test, so that blocks right inside it may be durable
 * @param isolation the isolation level of the transaction that it begins; null for that of the connection
 */
public record BlockOptions(
        boolean savepoint,
        boolean durable,
        boolean readOnly,
        boolean resolvable,
        boolean aroundTest,
        @Nullable IsolationLevel isolation) {

    public static final BlockOptions DEFAULTS = new BlockOptions(true, false, false, false, false, null);
    static final BlockOptions READ_ONLY = new BlockOptions(true, false, true, false, false, null);
}
