package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What messages say of work that somebody began and did not end. */
class UnfinishedWorkTest {

    private final FakeSetup setup = new FakeSetup();
    private final Databases databases = setup.databases();
    private final DatabaseWrapper wrapper = setup.wrapper();

    @AfterEach
    void close() {
        assertThat(wrapper.unfinished()).isEmpty();
        assertThat(databases.using("default").holders()).isEmpty();
        setup.close();
    }

    @Test
    void isListedByKind() {
        try (UnitOfWork unit = databases.unitOfWork();
                Lease held = wrapper.hold();
                AtomicBlock block = wrapper.beginAtomic();
                AtomicBlock nested = wrapper.beginAtomic();
                Cursor cursor = wrapper.cursor().execute("SELECT 1");
                Cursor unused = wrapper.cursor();
                ExecuteWrapper.Scope scope = wrapper.executeWrapper(Execution::proceed);
                CapturedQueries captured = wrapper.captureQueries()) {
            assertThat(wrapper.unfinished())
                    .containsExactly(
                            "a cursor or stream of: SELECT 1",
                            "a hold()",
                            "an atomic block",
                            "an atomic block",
                            "a capture of queries",
                            "an execute wrapper",
                            "a unit of work");
        }
    }

    @Test
    void isNotWhatTheApplicationPutAroundStatements() {
        try (FakeSetup application = new FakeSetup()) {
            application.builder.executeWrapper(Execution::proceed);

            assertThat(application.wrapper().unfinished()).isEmpty();
        }
    }

    @Test
    void endsWithItsUnitIfItLooksAtStatements() {
        List<String> seen = new ArrayList<>();
        CapturedQueries captured;
        try (UnitOfWork unit = databases.unitOfWork()) {
            try (UnitOfWork nested = databases.unitOfWork()) {
                wrapper.executeWrapper(execution -> {
                    seen.add(execution.sql());
                    execution.proceed();
                });
                captured = wrapper.captureQueries();
            }
            wrapper.execute("UPDATE a");
        }
        assertThat(wrapper.unfinished()).isEmpty();
        wrapper.execute("UPDATE b");

        assertThat(seen).containsExactly("UPDATE a");
        assertThat(captured.queries()).extracting(ExecutedQuery::sql).containsExactly("UPDATE a");
        captured.close();
    }

    @Test
    void endsWithItsUnitAlthoughTheBlockAroundThatDoesNot() {
        wrapper.atomic(() -> {
            try (UnitOfWork unit = databases.unitOfWork()) {
                wrapper.captureQueries();
                wrapper.executeWrapper(Execution::proceed);
            }
            assertThat(wrapper.unfinished()).containsExactly("an atomic block");
        });
    }

    @Test
    void outlivesAUnitItWasNotBegunIn() {
        try (ExecuteWrapper.Scope scope = wrapper.executeWrapper(Execution::proceed);
                CapturedQueries captured = wrapper.captureQueries()) {
            try (UnitOfWork unit = databases.unitOfWork()) {
                wrapper.execute("UPDATE a");
            }

            assertThat(wrapper.unfinished()).containsExactly("a capture of queries", "an execute wrapper");
        }
    }

    @Test
    void isATransactionByHand() {
        wrapper.transaction().setAutocommit(false);

        assertThat(wrapper.unfinished()).containsExactly("a transaction by hand");

        wrapper.transaction().setAutocommit(true);
    }

    @Test
    void isSeenOfOtherThreadsByTheirConnections() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        FutureTask<Void> work = new FutureTask<>(() -> {
            databases.atomic(() -> {
                databases.query("SELECT 2");
                begun.countDown();
                end.await();
            });
            return null;
        });
        Thread other = new Thread(work, "other");
        other.start();
        begun.await();

        assertThat(databases.using("default").holders())
                .singleElement()
                .satisfies(holder ->
                        assertThat(holder).startsWith("thread 'other' (").endsWith("last statement: SELECT 2"));
        assertThat(wrapper.unfinished()).isEmpty();

        end.countDown();
        work.get();
        other.join();
    }

    @Test
    void isNotWhatTheLastHolderDid() throws Exception {
        FakeSetup.onAnotherThread(() -> databases.query("SELECT 2"));

        try (Lease held = wrapper.hold()) {
            assertThat(databases.using("default").holders())
                    .singleElement()
                    .satisfies(holder -> assertThat(holder).doesNotContain("SELECT 2"));
        }
    }
}
