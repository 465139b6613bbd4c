package dev.mooring;

/** A block that runs in a transaction. Any {@code Throwable} out of it rolls back. */
@FunctionalInterface
public interface AtomicRunnable<X extends Throwable> {

    /** Runs the block. */
    void run() throws X;
}
