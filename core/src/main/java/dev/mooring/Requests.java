package dev.mooring;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts around a handler what Django puts around a view. Thread-safe. */
final class Requests {

    private Requests() {}

    /**
     * {@return what {@code handler} returns, run in a transaction of each database that wants it but the exempt ones}
     *
     * <p>The last one is the outermost, as in Django.
     */
    static <T extends @Nullable Object, X extends Throwable> T atomic(
            Collection<Database> databases, Set<String> exempt, AtomicCallable<T, X> handler) throws X {
        AtomicCallable<T, X> wrapped = handler;
        for (Database database : databases) {
            if (database.settings().atomicRequests() && !exempt.contains(database.alias())) {
                AtomicCallable<T, X> inner = wrapped;
                wrapped = () -> database.atomic(inner);
            }
        }
        return wrapped.call();
    }
}
