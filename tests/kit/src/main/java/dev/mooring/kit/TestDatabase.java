package dev.mooring.kit;

import static java.util.Objects.requireNonNull;

import dev.mooring.AtomicRunnable;
import dev.mooring.Databases;
import dev.mooring.DatabasesBuilder;
import dev.mooring.Transaction;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.Migration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A database of the tests' own, for JUnit 5: created beside the configured one, migrated, and dropped after the run. Each
 * test runs in a transaction that is rolled back, once what is put off to the commit was checked, and has to end what it
 * begins.
 *
 * <pre>{@code
 * class ShopTest {
 *     @RegisterExtension
 *     static final TestDatabase database =
 *             TestDatabase.of(settings).migrations(Shop.migrations()).build();
 *
 *     @Test
 *     void sells(Databases databases) {
 *         database.runOnCommit(() -> new Shop(databases).sell("tea"));
 *         assertThat(databases.query("SELECT * FROM sale")).hasSize(1);
 *     }
 * }
 * }</pre>
 *
 * <p>Let test classes share one: it is created once a run, by the first test. Each test that runs at the same time as
 * others has a copy. The transaction belongs to the test's thread: other threads do not see what is done in it, and on
 * SQLite cannot write; tests with threads want {@link RealTransactions}. Any thread may use this object; what it says of
 * the test is said of the one that runs on the calling thread.
 */
public final class TestDatabase
        implements BeforeEachCallback, AfterEachCallback, ParameterResolver, AssertProvider<TestDatabaseAssert> {

    /** The configuration parameter of JUnit, or system property, that does what {@link Builder#keep()} does. */
    public static final String KEEP = "mooring.keepdb";

    private static final Namespace STORE = Namespace.create(TestDatabase.class);

    private final TestPlan plan;
    private final Duration patience;

    @SuppressWarnings("ThreadLocalUsage") // One for each test database; there are few.
    private final ThreadLocal<@Nullable RunningTest> running = new ThreadLocal<>();

    private TestDatabase(TestPlan plan, Duration patience) {
        this.plan = plan;
        this.patience = patience;
    }

    /** {@return a builder of test databases beside these, which are themselves left alone} */
    public static Builder of(DatabaseSettings... settings) {
        return new Builder(settings);
    }

    /**
     * {@return the databases of the test that runs on this thread}
     *
     * @throws IllegalStateException if none does
     */
    public Databases databases() {
        return test().databases();
    }

    /** {@return what AssertJ's {@code assertThat} works with} Write {@code assertThat(database).executes(2, ...)}. */
    @Override
    public TestDatabaseAssert assertThat() {
        return new TestDatabaseAssert(this);
    }

    /** Does what {@link #captureOnCommit(String, AtomicRunnable)} does, on the default database. */
    public <X extends Throwable> List<Runnable> captureOnCommit(AtomicRunnable<X> block) throws X {
        return captureOnCommit(DatabaseSettings.DEFAULT_ALIAS, block);
    }

    /**
     * Runs {@code block}, and none of the commit hooks that it registers: Django's {@code captureOnCommitCallbacks}.
     *
     * @return those hooks, in order, but for what a rollback dropped
     * @throws IllegalStateException with {@link RealTransactions}, which run their hooks themselves
     */
    public <X extends Throwable> List<Runnable> captureOnCommit(String alias, AtomicRunnable<X> block) throws X {
        Transaction transaction = rolledBack().databases().using(alias).transaction();
        int before = transaction.commitHooks().size();
        block.run();
        List<Runnable> hooks = transaction.commitHooks();
        return hooks.subList(Math.min(before, hooks.size()), hooks.size());
    }

    /** Does what {@link #runOnCommit(String, AtomicRunnable)} does, on the default database. */
    public <X extends Throwable> List<Runnable> runOnCommit(AtomicRunnable<X> block) throws X {
        return runOnCommit(DatabaseSettings.DEFAULT_ALIAS, block);
    }

    /**
     * Runs {@code block} and then, as if that had been committed, the commit hooks that it registered, and those that they
     * register.
     *
     * @return the hooks that ran
     * @throws IllegalStateException with {@link RealTransactions}, which run their hooks themselves
     */
    public <X extends Throwable> List<Runnable> runOnCommit(String alias, AtomicRunnable<X> block) throws X {
        List<Runnable> ran = new ArrayList<>();
        List<Runnable> due = captureOnCommit(alias, block);
        while (!due.isEmpty()) {
            List<Runnable> now = due;
            ran.addAll(now);
            due = captureOnCommit(alias, () -> now.forEach(Runnable::run));
        }
        return List.copyOf(ran);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestRun run = run(context);
        TestCopy copy = run.take();
        RunningTest test = new RunningTest(context.getDisplayName(), copy, isReal(context), running.get());
        try {
            test.begin();
        } catch (RuntimeException | Error e) {
            run.abandon(copy);
            throw e;
        }
        context.getStore(STORE).put(this, test);
        running.set(test);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        RunningTest test = context.getStore(STORE).remove(this, RunningTest.class);
        if (test == null) {
            return;
        }
        running.set(test.outer());
        boolean passed = context.getExecutionException().isEmpty();
        Failures failures = new Failures();
        failures.run(() -> test.end(passed, patience));
        TestRun run = run(context);
        if (!failures.isEmpty()) {
            failures.run(() -> run.abandon(test.copy()));
        } else if (test.isReal()) {
            run.discard(test.copy());
        } else {
            run.giveBack(test.copy());
        }
        failures.throwIfAny();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Databases.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        RunningTest test = running.get();
        if (test == null) {
            throw new ParameterResolutionException(
                    "Databases belong to one test, and none has begun: take them in the test or in @BeforeEach, and put"
                            + " what all tests are to find into TestDatabase's setUp(...)");
        }
        return test.databases();
    }

    private RunningTest rolledBack() {
        RunningTest test = test();
        if (test.isReal()) {
            throw new IllegalStateException(
                    "A test with @RealTransactions runs its commit hooks when it commits; there is nothing to capture");
        }
        return test;
    }

    private RunningTest test() {
        RunningTest test = running.get();
        if (test == null) {
            throw new IllegalStateException(
                    "No test with this TestDatabase runs on thread '%s'; hand the Databases over to other threads"
                            .formatted(Thread.currentThread().getName()));
        }
        return test;
    }

    private TestRun run(ExtensionContext context) {
        Store store = context.getRoot().getStore(STORE);
        boolean keep = plan.keep()
                || context.getConfigurationParameter(KEEP)
                        .map(Boolean::parseBoolean)
                        .orElse(false);
        return store.getOrComputeIfAbsent(this, unused -> TestRun.start(plan, keep), TestRun.class);
    }

    private static boolean isReal(ExtensionContext context) {
        for (Optional<ExtensionContext> each = Optional.of(context);
                each.isPresent();
                each = each.get().getParent()) {
            if (AnnotationSupport.isAnnotated(each.get().getElement(), RealTransactions.class)) {
                return true;
            }
        }
        return false;
    }

    /** Collects what a test database is made of. For one thread; every setter returns the builder. */
    public static final class Builder {

        private final Map<String, DatabaseSettings> settings = new LinkedHashMap<>();
        private final Map<String, String> names = new LinkedHashMap<>();
        private final Map<String, List<Migration>> migrations = new LinkedHashMap<>();
        private final Map<String, Function<DatabaseSettings, DatabaseCreation>> creations = new LinkedHashMap<>();
        private Consumer<DatabasesBuilder> databases = builder -> {};
        private Consumer<Databases> setUp = present -> {};
        private Duration patience = Duration.ofSeconds(10);
        private boolean keep;

        private Builder(DatabaseSettings... settings) {
            for (DatabaseSettings each : settings) {
                this.settings.put(each.alias(), each);
            }
        }

        /** Sets the name of the default test database. The default is {@code test_} and the configured name. */
        public Builder name(String name) {
            return name(DatabaseSettings.DEFAULT_ALIAS, name);
        }

        /** Sets the name of the test database {@code alias}. */
        public Builder name(String alias, String name) {
            names.put(present(alias), requireNonNull(name, "name"));
            return this;
        }

        /** Sets the migrations that the default database is created with. */
        public Builder migrations(Collection<Migration> migrations) {
            return migrations(DatabaseSettings.DEFAULT_ALIAS, migrations);
        }

        /** Sets the migrations that the database {@code alias} is created with. */
        public Builder migrations(String alias, Collection<Migration> migrations) {
            this.migrations.put(present(alias), List.copyOf(migrations));
            return this;
        }

        /** Adds what puts into each copy, once, the data that every test is to find: it is committed. */
        public Builder setUp(Consumer<Databases> more) {
            setUp = setUp.andThen(requireNonNull(more, "more"));
            return this;
        }

        /** Adds what else the {@code Databases} of a test are built with: listeners, backends. */
        public Builder databases(Consumer<DatabasesBuilder> more) {
            databases = databases.andThen(requireNonNull(more, "more"));
            return this;
        }

        /** Sets how databases are created of an engine that is none of PostgreSQL, MariaDB and SQLite, or of these otherwise. */
        public Builder creation(String engine, Function<DatabaseSettings, DatabaseCreation> creation) {
            creations.put(requireNonNull(engine, "engine"), requireNonNull(creation, "creation"));
            return this;
        }

        /**
         * Keeps the database after the run, and uses one that is there, applying only what migrations are new: Django's
         * {@code --keepdb}. On SQLite it then lies beside the configured file.
         */
        public Builder keep() {
            keep = true;
            return this;
        }

        /** Sets how long to wait after a test for its other threads to come to an end. The default is ten seconds. */
        public Builder patience(Duration patience) {
            this.patience = requireNonNull(patience, "patience");
            return this;
        }

        /** {@return the extension} Nothing is created before the first test. */
        public TestDatabase build() {
            TestPlan plan = new TestPlan(
                    new LinkedHashMap<>(settings),
                    Map.copyOf(names),
                    Map.copyOf(migrations),
                    databases,
                    setUp,
                    Map.copyOf(creations),
                    keep);
            return new TestDatabase(plan, patience);
        }

        private String present(String alias) {
            if (!settings.containsKey(alias)) {
                throw new IllegalArgumentException(
                        "No settings were given for the alias '%s'; there are %s".formatted(alias, settings.keySet()));
            }
            return alias;
        }
    }
}
