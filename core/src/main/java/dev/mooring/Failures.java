package dev.mooring;

import static com.google.common.base.Throwables.throwIfUnchecked;

import org.jspecify.annotations.Nullable;

/** Has the rest of what is to be ended ended although some of it fails; the first failure is thrown then. For one thread. */
final class Failures {

    private @Nullable Throwable first;

    void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            if (first == null) {
                first = e;
            } else {
                Statements.suppress(first, e);
            }
        }
    }

    void throwIfAny() {
        if (first != null) {
            throwIfUnchecked(first);
        }
    }
}
