package dev.mooring;

import org.jspecify.annotations.Nullable;

/** A block that runs in a transaction and answers with a value. Any {@code Throwable} out of it rolls back. */
@FunctionalInterface
public interface AtomicCallable<T extends @Nullable Object, X extends Throwable> {

    /** Runs the block. */
    T call() throws X;
}
