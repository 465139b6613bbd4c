package dev.mooring;

import dev.mooring.wrapper.AtomicBlocks;
import dev.mooring.wrapper.EnteredBlock;
import dev.mooring.wrapper.EnteredBlock.Purpose;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the lambdas of {@code atomic}, and runs them again after a conflict if that is wanted. Confined to the wrapper's thread. */
final class AtomicRunner {

    private final AtomicBlocks blocks;
    private final Consumer<Duration> sleeper;

    AtomicRunner(AtomicBlocks blocks, Consumer<Duration> sleeper) {
        this.blocks = blocks;
        this.sleeper = sleeper;
    }

    <T extends @Nullable Object, X extends Throwable> T run(AtomicOptions options, AtomicCallable<T, X> body) throws X {
        boolean outermost = blocks.beginTransactions();
        T result = outermost && options.retries() > 0
                ? Retry.run(options.retries(), sleeper, () -> once(options, body))
                : once(options, body);
        blocks.runHooks();
        return result;
    }

    private <T extends @Nullable Object, X extends Throwable> T once(AtomicOptions options, AtomicCallable<T, X> body)
            throws X {
        EnteredBlock block = blocks.enter(options.block(), Purpose.CODE, null);
        T result;
        try {
            result = body.call();
        } catch (Throwable e) {
            blocks.leaveAfter(block, e);
            throw e;
        }
        blocks.leave(block);
        return result;
    }

    /** {@return a block for try-with-resources; {@code origin} is what messages name it by} */
    AtomicBlock begin(AtomicOptions options, Purpose purpose, @Nullable String origin) {
        if (options.retries() > 0) {
            throw new IllegalArgumentException(
                    "A block begun by beginAtomic() cannot be run again; hand atomic() a lambda to have it retried");
        }
        return new AtomicBlock(blocks, blocks.begin(options.block(), purpose, origin));
    }
}
