package dev.mooring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The wrappers of one thread, by alias, and how deep it is in units of work. For that thread. */
final class ThreadWrappers {

    /** By database; few, and gone through by index, which takes no memory. */
    private final List<DatabaseWrapper> wrappers = new ArrayList<>(4);

    /** What is set aside, the latest last. */
    private final List<Suspension> suspensions = new ArrayList<>(0);

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
        for (int i = suspensions.size() - 1; i >= 0; i--) {
            if (suspensions.get(i).database() == database) {
                return suspensions.get(i).wrapper();
            }
        }
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

    /** Sets aside what is under way on {@code database}: until that is resumed, {@link #get} answers another wrapper. */
    Suspension suspend(Database database) {
        Suspension made = new Suspension(this, database);
        suspensions.add(made);
        last = null;
        return made;
    }

    /** {@return whether {@code suspension} had not ended} */
    boolean resume(Suspension suspension) {
        last = null;
        return suspensions.remove(suspension);
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
            try {
                resumeForgotten();
            } finally {
                forEach(DatabaseWrapper::endUnit);
            }
        }
    }

    private void resumeForgotten() {
        if (suspensions.isEmpty()) {
            return;
        }
        List<Suspension> forgotten = List.copyOf(suspensions);
        suspensions.clear();
        last = null;
        Failures.throwIfAny(Failures.endEach(forgotten, Suspension::end, null));
    }

    /** Does it to every wrapper that this thread's calls go to: where one is set aside, to what takes its place. */
    void forEachCurrent(Consumer<DatabaseWrapper> action) {
        forEach(each -> action.accept(get(each.database())));
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
