package dev.mooring;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.TransactionConflictException;
import dev.mooring.statement.Failures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs a transaction again that was rolled back because another one was in its way. Thread-safe. */
final class Retry {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final int DOUBLINGS = 6;
    private static final int DEEPEST_CAUSE = 100;

    private Retry() {}

    /** {@return what {@code attempt} returns} Its last error, if it comes to that, has those before suppressed. */
    static <T extends @Nullable Object, X extends Throwable> T run(
            int times, Consumer<Duration> sleeper, AtomicCallable<T, X> attempt) throws X {
        List<Throwable> earlier = new ArrayList<>();
        while (true) {
            try {
                return attempt.call();
            } catch (Throwable e) {
                if (earlier.size() == times || !isConflict(e)) {
                    earlier.forEach(before -> Failures.suppress(e, before));
                    throw e;
                }
                earlier.add(e);
            }
            sleeper.accept(pause(earlier.size()));
        }
    }

    /** Looks behind what an application wrapped it in. A commit whose outcome is unknown is no conflict. */
    private static boolean isConflict(Throwable error) {
        Throwable cause = error;
        for (int i = 0; cause != null && i < DEEPEST_CAUSE; i++) {
            if (cause instanceof DatabaseException) {
                return cause instanceof TransactionConflictException;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** {@return twice as long each time, less up to a half at random, or the same two would meet again} */
    private static Duration pause(int failures) {
        long longest = FIRST_PAUSE.toNanos() << Math.min(failures - 1, DOUBLINGS);
        return Duration.ofNanos(longest - ThreadLocalRandom.current().nextLong(longest / 2));
    }
}
