package dev.mooring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The wrappers of one thread, by alias, and how deep it is in units of work. For that thread. */
final class ThreadWrappers {

    /** By database; few, and gone through by index, which takes no memory. */
    private final List<DatabaseWrapper> wrappers = new ArrayList<>(4);

    private @Nullable DatabaseWrapper last;
    private int units;

    DatabaseWrapper get(Database database) {
        DatabaseWrapper recent = last;
        if (recent != null && recent.database() == database && !recent.guard().isHandedOver()) {
            return recent;
        }
        DatabaseWrapper wrapper = find(database);
        last = wrapper;
        return wrapper;
    }

    private DatabaseWrapper find(Database database) {
        for (int i = 0; i < wrappers.size(); i++) {
            DatabaseWrapper known = wrappers.get(i);
            if (known.database() == database) {
                return known.guard().isHandedOver() ? add(i, database) : known;
            }
        }
        return add(wrappers.size(), database);
    }

    private DatabaseWrapper add(int at, Database database) {
        DatabaseWrapper wrapper = new DatabaseWrapper(database, this);
        if (at < wrappers.size()) {
            wrappers.set(at, wrapper);
        } else {
            wrappers.add(wrapper);
        }
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
        Throwable first = null;
        for (int i = 0; i < wrappers.size(); i++) {
            try {
                action.accept(wrappers.get(i));
            } catch (RuntimeException | Error e) {
                first = Failures.first(first, e);
            }
        }
        Failures.throwIfAny(first);
    }
}
