package dev.mooring.kit;

import static java.util.stream.Collectors.joining;

import dev.mooring.AtomicRunnable;
import dev.mooring.CapturedQueries;
import dev.mooring.ExecutedQuery;
import dev.mooring.config.DatabaseSettings;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What AssertJ's {@code assertThat} can say of a {@link TestDatabase}. For the test's thread. */
public final class TestDatabaseAssert extends AbstractAssert<TestDatabaseAssert, TestDatabase> {

    TestDatabaseAssert(TestDatabase actual) {
        super(actual, TestDatabaseAssert.class);
    }

    /** Does what {@link #executes(String, int, AtomicRunnable)} does, on the default database. */
    public <X extends Throwable> TestDatabaseAssert executes(int count, AtomicRunnable<X> block) throws X {
        return executes(DatabaseSettings.DEFAULT_ALIAS, count, block);
    }

    /**
     * Runs {@code block} and verifies that it executes {@code count} queries on the database {@code alias}, on this
     * thread: Django's {@code assertNumQueries}. As there, each SAVEPOINT and its end is one. If not, the message lists
     * them.
     */
    public <X extends Throwable> TestDatabaseAssert executes(String alias, int count, AtomicRunnable<X> block)
            throws X {
        isNotNull();
        List<ExecutedQuery> executed;
        try (CapturedQueries captured = actual.databases().get(alias).captureQueries()) {
            block.run();
            executed = captured.queries();
        }
        if (executed.size() != count) {
            failWithMessage(
                    "Expected %s queries on database '%s', but there were %s:%s",
                    count,
                    alias,
                    executed.size(),
                    executed.stream().map(query -> "\n  " + query.text()).collect(joining()));
        }
        return this;
    }
}
