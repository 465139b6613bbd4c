package dev.mooring.kit;

import org.jspecify.annotations.Nullable;

/** Goes on after failures; the first is thrown at the end, with the others suppressed. For one thread. */
final class Failures {

    private @Nullable Throwable first;

    /** Runs {@code action} and notes what it throws. */
    void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            add(e);
        }
    }

    void add(Throwable failure) {
        if (first == null) {
            first = failure;
        } else if (first != failure) {
            first.addSuppressed(failure);
        }
    }

    boolean isEmpty() {
        return first == null;
    }

    void throwIfAny() {
        if (first != null) {
            throw rethrow();
        }
    }

    /** Throws the first; the result is for the compiler. */
    RuntimeException rethrow() {
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException exception) {
            throw exception;
        }
        throw new IllegalStateException(first);
    }
}
