package dev.mooring.kit;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/** One {@link TestDatabase} from its first test to the end of the run: the originals, and the copies. Thread-safe. */
final class TestRun implements AutoCloseable {

    private final TestPlan plan;
    private final boolean keep;
    private final Map<String, Original> originals = new LinkedHashMap<>();
    private final Queue<TestCopy> idle = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> freeNumbers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();

    private TestRun(TestPlan plan, boolean keep) {
        this.plan = plan;
        this.keep = keep;
    }

    /** Creates the originals and migrates them; leaves nothing behind if that fails. */
    static TestRun start(TestPlan plan, boolean keep) {
        TestRun run = new TestRun(plan, keep);
        try {
            run.createOriginals();
            return run;
        } catch (RuntimeException | Error e) {
            Failures failures = new Failures();
            failures.add(e);
            failures.run(run::close);
            throw failures.rethrow();
        }
    }

    /** {@return a copy that nobody else has, just made if all others are in use} */
    TestCopy take() {
        TestCopy waiting = idle.poll();
        return waiting != null ? waiting : copy();
    }

    /** Takes back a copy that is as it was when it was made. */
    void giveBack(TestCopy copy) {
        idle.add(copy);
    }

    /** Drops a copy that is not, but that nobody uses any more. */
    void discard(TestCopy copy) {
        abandon(copy);
        freeNumbers.add(copy.number());
    }

    /** Drops a copy in which somebody may still be at work; none will have its name again. */
    void abandon(TestCopy copy) {
        copy.drop(originals);
    }

    @Override
    public void close() {
        Failures failures = new Failures();
        for (TestCopy copy = idle.poll(); copy != null; copy = idle.poll()) {
            TestCopy last = copy;
            failures.run(() -> last.drop(originals));
        }
        originals.values().forEach(original -> failures.run(() -> original.end(keep)));
        failures.throwIfAny();
    }

    private void createOriginals() {
        try (Databases configured = plan.open(plan.settings())) {
            plan.settings().forEach((alias, settings) -> {
                String engine = configured.using(alias).backend().engine();
                Optional<String> name = Optional.ofNullable(plan.names().get(alias));
                originals.put(alias, Original.create(plan.creation(alias, engine), settings, name, keep));
            });
        }
        try (Databases databases = plan.open(settings(Original::settings))) {
            migrate(databases, original -> original.creation().canCopy());
        }
    }

    private TestCopy copy() {
        Integer free = freeNumbers.poll();
        int number = free != null ? free : numbers.incrementAndGet();
        TestCopy copy = new TestCopy(number);
        try {
            originals.forEach((alias, original) -> copy.add(alias, original.copy(number)));
            Databases databases = copy.open(plan);
            migrate(databases, original -> !original.creation().canCopy());
            plan.setUp().accept(databases);
            return copy;
        } catch (RuntimeException | Error e) {
            Failures failures = new Failures();
            failures.add(e);
            failures.run(() -> abandon(copy));
            throw failures.rethrow();
        }
    }

    private void migrate(Databases databases, Predicate<Original> which) {
        originals.forEach((alias, original) -> {
            List<Migration> migrations = plan.migrations().getOrDefault(alias, List.of());
            if (which.test(original) && !migrations.isEmpty()) {
                new MigrationExecutor(databases, alias, migrations).migrate(MigrationListener.none());
            }
        });
    }

    private Map<String, DatabaseSettings> settings(Function<Original, DatabaseSettings> of) {
        Map<String, DatabaseSettings> settings = new LinkedHashMap<>();
        originals.forEach((alias, original) -> settings.put(alias, of.apply(original)));
        return settings;
    }
}
