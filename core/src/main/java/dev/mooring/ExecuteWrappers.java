package dev.mooring;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The execute wrappers of one database wrapper, the outermost first: those of the application, then its own in the order in
 * which they were installed. For its thread.
 */
final class ExecuteWrappers {

    private final DatabaseWrapper wrapper;
    private final List<Installed> installed = new ArrayList<>(0);

    ExecuteWrappers(DatabaseWrapper wrapper, List<ExecuteWrapper> everywhere) {
        this.wrapper = wrapper;
        everywhere.forEach(this::install);
    }

    boolean isEmpty() {
        return installed.isEmpty();
    }

    ExecuteWrapper.Scope install(ExecuteWrapper around) {
        Installed made = new Installed(requireNonNull(around, "around"));
        installed.add(made);
        return made;
    }

    /** {@return what {@code driver} made of the statement that the wrappers let through, or {@code nothing}} */
    <T> T run(String sql, @Nullable Object[] parameters, T nothing, Function<Execution, T> driver) {
        Result<T> result = new Result<>(nothing);
        Consumer<Execution> chain = chain(execution -> result.value = driver.apply(execution));
        chain.accept(Execution.once(wrapper, sql, Arrays.asList(parameters), chain));
        return result.value;
    }

    void runMany(String sql, Iterable<? extends List<? extends @Nullable Object>> batches, Consumer<Execution> driver) {
        Consumer<Execution> chain = chain(driver);
        chain.accept(Execution.many(wrapper, sql, batches, chain));
    }

    private Consumer<Execution> chain(Consumer<Execution> driver) {
        wrapper.check();
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

        private Installed(ExecuteWrapper around) {
            this.around = around;
        }

        @Override
        public void close() {
            wrapper.check();
            installed.remove(this);
        }
    }
}
