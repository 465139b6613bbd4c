package dev.mooring;

import static java.util.Objects.requireNonNull;

import dev.mooring.wrapper.ThreadGuard;
import dev.mooring.wrapper.UnitParticipant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The execute wrappers of one database wrapper, the outermost first: those of the application, then its own in the order in
 * which they were installed. For its thread.
 */
final class ExecuteWrappers implements UnitParticipant {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.db.backends.base");

    private final String alias;
    private final ThreadGuard guard;
    private final int everywhere;
    private final List<Installed> installed = new ArrayList<>(0);

    ExecuteWrappers(String alias, ThreadGuard guard, List<ExecuteWrapper> everywhere) {
        this.alias = alias;
        this.guard = guard;
        this.everywhere = everywhere.size();
        everywhere.forEach(around -> install(around, false));
    }

    boolean isEmpty() {
        return installed.isEmpty();
    }

    @Override
    public void describe(List<String> lines) {
        lines.addAll(Collections.nCopies(installed.size() - everywhere, "an execute wrapper"));
    }

    /** Installs {@code around} until its scope is closed, or with {@code endsWithUnit} the unit of work ends. */
    ExecuteWrapper.Scope install(ExecuteWrapper around, boolean endsWithUnit) {
        Installed made = new Installed(requireNonNull(around, "around"), endsWithUnit);
        installed.add(made);
        return made;
    }

    @Override
    public void endUnit() {
        if (installed.removeIf(each -> each.endsWithUnit)) {
            LOG.warn(
                    "An execute wrapper on database '{}' was still installed when the unit of work ended; it is taken out",
                    alias);
        }
    }

    /** {@return what {@code driver} made of the statement that the wrappers let through, or {@code nothing}} */
    <T> T run(
            DatabaseWrapper wrapper,
            String sql,
            @Nullable Object @Nullable [] parameters,
            T nothing,
            Function<Execution, T> driver) {
        Result<T> result = new Result<>(nothing);
        Consumer<Execution> chain = chain(execution -> result.value = driver.apply(execution));
        chain.accept(Execution.once(wrapper, sql, parameters == null ? null : Arrays.asList(parameters), chain));
        return result.value;
    }

    void runMany(
            DatabaseWrapper wrapper,
            String sql,
            Iterable<? extends List<? extends @Nullable Object>> batches,
            Consumer<Execution> driver) {
        Consumer<Execution> chain = chain(driver);
        chain.accept(Execution.many(wrapper, sql, batches, chain));
    }

    private Consumer<Execution> chain(Consumer<Execution> driver) {
        guard.check();
        Consumer<Execution> next = driver;
        for (int i = installed.size() - 1; i >= 0; i--) {
            ExecuteWrapper around = installed.get(i).around;
            Consumer<Execution> inner = next;
            next = execution -> around.around(execution.before(inner));
        }
        return next;
    }

    private static final class Result<T> {

        private T value;

        private Result(T nothing) {
            value = nothing;
        }
    }

    private final class Installed implements ExecuteWrapper.Scope {

        private final ExecuteWrapper around;
        private final boolean endsWithUnit;

        private Installed(ExecuteWrapper around, boolean endsWithUnit) {
            this.around = around;
            this.endsWithUnit = endsWithUnit;
        }

        @Override
        public void close() {
            guard.check();
            installed.remove(this);
        }
    }
}
