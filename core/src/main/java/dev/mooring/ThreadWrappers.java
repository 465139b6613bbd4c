package dev.mooring;

import java.util.LinkedHashMap;
import java.util.List;
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
        if (recent != null && recent.database() == database && !recent.isHandedOver()) {
            return recent;
        }
        DatabaseWrapper wrapper = wrappers.get(database);
        if (wrapper == null || wrapper.isHandedOver()) {
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
            forEach(DatabaseWrapper::beginUnit);
        }
        units++;
    }

    void endUnit() {
        if (--units == 0) {
            forEach(DatabaseWrapper::endUnit);
        }
    }

    /**
     * Does it to every wrapper, those that come into being by it included, and only then throws what the first that failed
     * threw.
     */
    void forEach(Consumer<DatabaseWrapper> action) {
        Failures failures = new Failures();
        int done = 0;
        while (done < wrappers.size()) {
            List<DatabaseWrapper> known = List.copyOf(wrappers.values());
            known.subList(done, known.size()).forEach(wrapper -> failures.run(() -> action.accept(wrapper)));
            done = known.size();
        }
        failures.throwIfAny();
    }
}
