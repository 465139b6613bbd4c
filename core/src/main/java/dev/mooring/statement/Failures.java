package dev.mooring.statement;

import static com.google.common.base.Throwables.throwIfUnchecked;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs all clean-up actions although some of them fail, so that one failure leaves nothing else open. The first failure is
 * kept to be thrown, with the later ones suppressed in it. Allocates nothing, because the failure may be that memory ran out;
 * so callers keep their actions in fields.
 */
public final class Failures {

    private Failures() {}

    /** Runs each of {@code actions}, then throws the first failure if there was one. */
    public static void runAll(Runnable... actions) {
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

    /**
     * {@return the first failure; null if there is none} Runs {@code ending} for each element of {@code open}, the last one first.
     * It may remove that element and others from the list.
     *
     * @param failure what failed before, if anything did
     */
    public static <T> @Nullable Throwable endEach(List<T> open, Consumer<T> ending, @Nullable Throwable failure) {
        Throwable first = failure;
        // By index, because an iterator is an object.
        for (int i = open.size() - 1; i >= 0; i--) {
            if (i < open.size()) {
                try {
                    ending.accept(open.get(i));
                } catch (RuntimeException | Error e) {
                    first = first(first, e);
                }
            }
        }
        return first;
    }

    /** Runs {@code action} for each element of {@code all}, the first one first, then throws the first failure if there was one. */
    public static <T> void runEach(List<T> all, Consumer<T> action) {
        Throwable first = null;
        for (int i = 0; i < all.size(); i++) {
            try {
                action.accept(all.get(i));
            } catch (RuntimeException | Error e) {
                first = first(first, e);
            }
        }
        throwIfAny(first);
    }

    /** {@return {@code first} with {@code later} suppressed in it; {@code later} if nothing failed before} */
    public static Throwable first(@Nullable Throwable first, Throwable later) {
        if (first == null) {
            return later;
        }
        try {
            suppress(first, later);
        } catch (Error e) {
            // No memory to suppress it in: the clean-up goes on without.
        }
        return first;
    }

    /** Suppresses {@code further} in {@code first}; a driver may throw the same exception twice. */
    public static void suppress(Throwable first, Throwable further) {
        if (first != further) {
            first.addSuppressed(further);
        }
    }

    static void closeQuietly(AutoCloseable resource, Throwable because) {
        try {
            resource.close();
        } catch (Exception e) {
            suppress(because, e);
        }
    }

    public static void throwIfAny(@Nullable Throwable failure) {
        if (failure != null) {
            throwIfUnchecked(failure);
        }
    }
}
