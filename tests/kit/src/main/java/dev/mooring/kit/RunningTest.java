package dev.mooring.kit;

import static java.util.stream.Collectors.joining;

import dev.mooring.AtomicBlock;
import dev.mooring.AtomicOptions;
import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.error.NotSupportedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One test with its copy of the databases. For its thread. */
final class RunningTest {

    private static final AtomicOptions AROUND_TEST = AtomicOptions.defaults().aroundTest();

    private final String name;
    private final TestCopy copy;
    private final boolean real;
    /** The test that this one is run in the middle of, as JUnit's threads may do while they wait for others. */
    private final @Nullable RunningTest outer;

    private final Map<String, AtomicBlock> blocks = new LinkedHashMap<>();

    RunningTest(String name, TestCopy copy, boolean real, @Nullable RunningTest outer) {
        this.name = name;
        this.copy = copy;
        this.real = real;
        this.outer = outer;
    }

    /** Begins what will be rolled back. */
    void begin() {
        if (!real) {
            for (String alias : databases().aliases()) {
                blocks.put(alias, databases().using(alias).beginAtomic(AROUND_TEST));
            }
        }
    }

    Databases databases() {
        return copy.databases();
    }

    TestCopy copy() {
        return copy;
    }

    @Nullable
    RunningTest outer() {
        return outer;
    }

    /** {@return whether it runs without a transaction around it} */
    boolean isReal() {
        return real;
    }

    /**
     * Rolls back, and throws if anything was left open or would not have been committed.
     *
     * @param passed whether it did until now; else nobody wants to know what a commit would have said
     * @param patience how long other threads have to come to an end with it
     */
    void end(boolean passed, Duration patience) {
        Failures failures = new Failures();
        for (String alias : databases().aliases()) {
            failures.run(() -> end(databases().get(alias), passed));
        }
        if (failures.isEmpty()) {
            AfterCheck.of(databases()).patience(patience).verify();
        }
        failures.throwIfAny();
    }

    private void end(DatabaseWrapper wrapper, boolean passed) {
        List<String> left = new ArrayList<>(wrapper.unfinished());
        AtomicBlock block = blocks.remove(wrapper.alias());
        if (block != null) {
            left.remove("an atomic block");
        }
        if (!left.isEmpty()) {
            throw new AssertionError("%s left open on database '%s', and best ended by try-with-resources:%s"
                    .formatted(name, wrapper.alias(), left.stream().collect(joining("\n  ", "\n  ", ""))));
        }
        if (block != null) {
            rollBack(wrapper, block, passed);
        }
        if (wrapper.connection() != null) {
            wrapper.close();
        }
    }

    private void rollBack(DatabaseWrapper wrapper, AtomicBlock block, boolean passed) {
        Failures failures = new Failures();
        if (passed) {
            failures.run(() -> checkConstraints(wrapper));
        }
        failures.run(block::close);
        failures.throwIfAny();
    }

    /** {@return whether the transaction could still be committed} A test may have seen to it that it cannot. */
    private boolean couldCommit(DatabaseWrapper wrapper) {
        return wrapper.connection() != null
                && !wrapper.transaction().getRollback()
                && wrapper.isUsable()
                && !wrapper.transaction().isAborted();
    }

    /** Makes the checks that were put off to the commit, if there could be one, as Django's {@code TestCase} does. */
    private void checkConstraints(DatabaseWrapper wrapper) {
        if (!couldCommit(wrapper)) {
            return;
        }
        try {
            databases().using(wrapper.alias()).maintenance().checkConstraints();
        } catch (NotSupportedException e) {
            // Nor does its backend put any off.
        }
    }
}
