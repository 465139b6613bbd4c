package dev.mooring;

import dev.mooring.statement.Failures;
import dev.mooring.wrapper.DatabaseContext;
import dev.mooring.wrapper.ThreadGuard;
import dev.mooring.wrapper.UnitDepth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The wrappers of one thread, by alias, and how deep it is in units of work. For that thread. */
final class ThreadWrappers {

    /** By database; few, and gone through by index, which takes no memory. */
    private final List<DatabaseWrapper> wrappers = new ArrayList<>(4);

    /** What is set aside, the latest last. */
    private final List<SetAside> setAside = new ArrayList<>(0);

    private @Nullable DatabaseWrapper last;
    private final UnitDepth unit = new UnitDepth();

    DatabaseWrapper get(WrapperFactory factory) {
        DatabaseWrapper recent = last;
        if (recent != null && isOf(recent, factory) && !isLost(recent)) {
            return recent;
        }
        DatabaseWrapper wrapper = find(factory);
        last = setAside.isEmpty() ? wrapper : null; // What is set aside may be current again at the next call.
        return wrapper;
    }

    private DatabaseWrapper find(WrapperFactory factory) {
        SetAside latest = latest(factory.context());
        if (latest != null) {
            return latest.wrapper();
        }
        for (int i = 0; i < wrappers.size(); i++) {
            DatabaseWrapper known = wrappers.get(i);
            if (isOf(known, factory)) {
                return isLost(known) ? add(i, factory) : known;
            }
        }
        return add(wrappers.size(), factory);
    }

    /** {@return whether the wrapper serves this thread no more, which is to have another} */
    private static boolean isLost(DatabaseWrapper wrapper) {
        ThreadGuard guard = wrapper.core().guard();
        return guard.isTakenOver() || guard.isAbandoned();
    }

    private static boolean isElsewhere(DatabaseWrapper wrapper) {
        ThreadGuard guard = wrapper.core().guard();
        return guard.isTakenOver() && !guard.isOwned();
    }

    private static boolean isOf(DatabaseWrapper wrapper, WrapperFactory factory) {
        return isSame(wrapper.core().context(), factory.context());
    }

    @SuppressWarnings("ReferenceEquality") // Two databases of equal parts would still be two.
    private static boolean isSame(DatabaseContext one, DatabaseContext other) {
        return one == other;
    }

    /** {@return what was set aside last on the database of {@code context} and is so now; null if nothing is} */
    private @Nullable SetAside latest(DatabaseContext context) {
        for (int i = setAside.size() - 1; i >= 0; i--) {
            SetAside each = setAside.get(i);
            if (isSame(each.factory.context(), context) && each.condition.getAsBoolean()) {
                return each;
            }
        }
        return null;
    }

    private DatabaseWrapper add(int at, WrapperFactory factory) {
        DatabaseWrapper wrapper = factory.make(unit);
        if (at < wrappers.size()) {
            wrappers.set(at, wrapper);
        } else {
            wrappers.add(wrapper);
        }
        return wrapper;
    }

    /**
     * Sets aside what is under way on the database of {@code factory}: until that is resumed, {@link #get} answers another
     * wrapper whenever {@code condition} is true.
     */
    SetAside suspend(WrapperFactory factory, BooleanSupplier condition) {
        SetAside made = new SetAside(factory, condition, unit.inUnit());
        setAside.add(made);
        last = null;
        return made;
    }

    /** Lets the thread's calls belong again to what was set aside, and ends what was left open meanwhile. */
    void resume(SetAside ended) {
        last = null;
        if (setAside.remove(ended)) {
            ended.end();
        }
    }

    void beginUnit() {
        if (!unit.inUnit()) {
            forEach(DatabaseWrapper::beginUnit);
        }
        unit.begin();
    }

    void endUnit() {
        if (unit.end()) {
            try {
                resumeForgotten();
            } finally {
                forEach(DatabaseWrapper::endUnit);
            }
        }
    }

    /** Begins a unit that leaves alone what is open, now and at its end. */
    void beginUnitOfTransaction() {
        unit.begin();
    }

    void endUnitOfTransaction() {
        if (unit.end()) {
            forEach(DatabaseWrapper::endUnitOfTransaction);
        }
    }

    /** Resumes what was set aside in the unit. What was set aside before it is left to whoever did that. */
    private void resumeForgotten() {
        if (setAside.isEmpty()) {
            return;
        }
        List<SetAside> forgotten =
                setAside.stream().filter(each -> each.isInUnit).toList();
        setAside.removeAll(forgotten);
        last = null;
        Failures.throwIfAny(Failures.endEach(forgotten, SetAside::end, null));
    }

    /** Does it to every wrapper that this thread's calls go to: where one is set aside, to what takes its place. */
    void forEachCurrent(Consumer<DatabaseWrapper> action) {
        forEach(each -> action.accept(current(each)));
    }

    private DatabaseWrapper current(DatabaseWrapper wrapper) {
        SetAside latest = latest(wrapper.core().context());
        return latest == null ? wrapper : latest.wrapper();
    }

    /**
     * Does it to every wrapper, those that come into being by it included, and only then throws what the first that failed
     * threw. Abandoned wrappers are forgotten, and those that went to another thread with a connection are left to that.
     */
    void forEach(Consumer<DatabaseWrapper> action) {
        wrappers.removeIf(each -> each.core().guard().isAbandoned());
        Throwable first = null;
        for (int i = 0; i < wrappers.size(); i++) {
            try {
                if (!isElsewhere(wrappers.get(i))) {
                    action.accept(wrappers.get(i));
                }
            } catch (RuntimeException | Error e) {
                first = Failures.first(first, e);
            }
        }
        Failures.throwIfAny(first);
    }

    /** What the thread uses while its own wrapper of a database is set aside: another one, in a unit of work of its own. */
    static final class SetAside {
        private final WrapperFactory factory;
        private final BooleanSupplier condition;
        private final boolean isInUnit;
        private final ThreadWrappers meanwhile = new ThreadWrappers();

        private SetAside(WrapperFactory factory, BooleanSupplier condition, boolean isInUnit) {
            this.factory = factory;
            this.condition = condition;
            this.isInUnit = isInUnit;
            meanwhile.beginUnit();
        }

        private DatabaseWrapper wrapper() {
            return meanwhile.get(factory);
        }

        /** Ends what was left open meanwhile. A thread keeps its connection for its own wrapper alone. */
        private void end() {
            try {
                meanwhile.endUnit();
            } finally {
                wrapper().core().endLease();
            }
        }
    }
}
