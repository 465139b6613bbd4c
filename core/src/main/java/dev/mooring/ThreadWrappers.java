package dev.mooring;

import static com.google.common.base.Throwables.throwIfUnchecked;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The wrappers of one thread, by alias, and how deep it is in units of work. For that thread. */
final class ThreadWrappers {

    private final Map<Database, DatabaseWrapper> wrappers = new LinkedHashMap<>(4);
    private @Nullable DatabaseWrapper last;
    private int units;

    DatabaseWrapper get(Database database) {
        DatabaseWrapper recent = last;
        if (recent != null && recent.database() == database) {
            return recent;
        }
        DatabaseWrapper wrapper = wrappers.get(database);
        if (wrapper == null) {
            wrapper = new DatabaseWrapper(database, this);
            wrappers.put(database, wrapper);
        }
        last = wrapper;
        return wrapper;
    }

    boolean inUnit() {
        return units > 0;
    }

    void beginUnit() {
        if (units == 0) {
            forEach(DatabaseWrapper::closeIfUnusableOrObsolete);
        }
        units++;
    }

    void endUnit() {
        if (--units == 0) {
            forEach(DatabaseWrapper::endUnit);
        }
    }

    /** Does it to every wrapper, and only then throws what the first that failed threw. */
    void forEach(Consumer<DatabaseWrapper> action) {
        Throwable failure = null;
        for (DatabaseWrapper wrapper : wrappers.values()) {
            failure = attempt(action, wrapper, failure);
        }
        if (failure != null) {
            throwIfUnchecked(failure);
        }
    }

    private static @Nullable Throwable attempt(
            Consumer<DatabaseWrapper> action, DatabaseWrapper wrapper, @Nullable Throwable earlier) {
        try {
            action.accept(wrapper);
            return earlier;
        } catch (RuntimeException | Error e) {
            if (earlier == null || earlier == e) {
                return e;
            }
            earlier.addSuppressed(e);
            return earlier;
        }
    }
}
