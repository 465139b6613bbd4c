package dev.mooring;

import static com.google.common.base.Throwables.throwIfUnchecked;

import org.jspecify.annotations.Nullable;

/**
 * Has the rest of what is to be ended ended although some of it fails; the first failure is thrown then. Takes no memory, which
 * may be what failed: so the actions are made beforehand.
 */
final class Failures {

    private Failures() {}

    static void runAll(Runnable... actions) {
        Throwable first = null;
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                first = first(first, e);
            }
        }
        throwIfAny(first);
    }

    /** {@return the one that is to be thrown: {@code first} if there is one, and {@code later} is hung on it} */
    static Throwable first(@Nullable Throwable first, Throwable later) {
        if (first == null) {
            return later;
        }
        try {
            Statements.suppress(first, later);
        } catch (Error e) {
            // The rest is to be ended all the same.
        }
        return first;
    }

    static void throwIfAny(@Nullable Throwable failure) {
        if (failure != null) {
            throwIfUnchecked(failure);
        }
    }
}
