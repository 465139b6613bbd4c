package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ConnectionDoesNotExistException;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.error.InterfaceException;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.ProgrammingException;
import dev.mooring.pool.WriteLock;
import dev.mooring.pool.WriteLocksForTests;
import dev.mooring.wrapper.WriteLocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DatabasesTest {

    private final FakeSetup setup = new FakeSetup();

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void knowTheirAliases() {
        assertThat(setup.databases().aliases()).containsExactly("default", "replica");
        assertThat(setup.databases().using("replica")).hasToString("Database[replica, fake]");
        assertThatExceptionOfType(ConnectionDoesNotExistException.class) // EX-04
                .isThrownBy(() -> setup.databases().get("other"))
                .withMessage("No database is configured under the alias 'other'; there are [default, replica]");
    }

    @Test
    void areRefusedWithTheSameAliasTwice() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> Databases.of(settings("default", "fake"), settings("default", "fake")))
                .withMessage("The alias 'default' was configured twice; give each database its own");
    }

    @Test
    void areRefusedWithoutADefault() { // EX-02
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> Databases.of(settings("replica", "fake")))
                .withMessage(
                        "No database has the alias 'default', which is meant where none is named; configured are [replica]");
    }

    @Test
    void listTheBackendsThatWereFoundWhenOneIsUnknown() { // EX-06
        DatabasesBuilder builder = Databases.builder().backend(new FakeBackend());

        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(builder.add(settings("default", "oracle"))::build)
                .withMessage("Setting 'engine' of database 'default' was 'oracle', which no backend here answers to;"
                        + " found are fake");
    }

    @Test
    void sayWhatToDoWhenThereIsNoBackendAtAll() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> Databases.of(settings("default", "sqlite3")))
                .withMessage(
                        "Setting 'engine' of database 'default' was 'sqlite3', which no backend here answers to; no"
                                + " backend was found: put mooring-sqlite, mooring-postgres or mooring-mariadb on the class or module path");
    }

    @Test
    void findABackendByItsOtherNamesInAnyCase() {
        FakeBackend backend = new FakeBackend().with("main", setup.database);

        try (Databases found = Databases.builder()
                .backend(backend)
                .add(DatabaseSettings.builder("default")
                        .engine("PreTend")
                        .name("main")
                        .build())
                .build()) {
            assertThat(found.execute("DO")).isEqualTo(1);
        }
    }

    @Test
    void refuseTwoBackendsOfOneName() {
        DatabasesBuilder builder = Databases.builder()
                .backend(new FakeBackend())
                .backend(new FakeBackend())
                .add(settings("default", "fake"));

        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(builder::build)
                .withMessage("Two backends answer to the engine 'fake': dev.mooring.FakeBackend and"
                        + " dev.mooring.FakeBackend; remove one");
    }

    @Test
    void queryTheDefaultAndOthersByTheirAlias() {
        setup.replica.rows("SELECT 1", List.of(List.of("copy")));

        assertThat(setup.databases().query("SELECT 1").get(0).getLong("c1")).isEqualTo(1);
        assertThat(setup.databases().using("replica").query("SELECT 1").get(0).getString("c1"))
                .isEqualTo("copy");
    }

    @Test
    void areClosedTwiceWithoutHarmAndThenHandOutNothing() {
        setup.databases().execute("DO");

        setup.databases().close();
        setup.databases().close();

        assertThat(setup.database.open()).isZero();
        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> setup.databases().execute("DO"))
                .withMessage("Database 'default' is shut down and hands out no connections");
        assertThat(setup.database.opened).hasValue(1);
    }

    @Test
    void areClosedAfterALongGraceToo() {
        setup.wrapper().execute("DO");

        setup.databases().close(Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(setup.database.open()).isZero();
    }

    @Test
    void areAllClosedThoughOneDriverBreaks() {
        setup.databases().get("default").execute("DO");
        setup.databases().get("replica").execute("DO");
        setup.database.fail("close", new StackOverflowError());

        setup.databases().close();

        assertThat(setup.replica.open()).isZero();
        assertThat(setup.counts().open()).isZero();
    }

    @Test
    void refuseAllNewWorkBeforeAnyIsClosed() {
        List<Throwable> refusals = new ArrayList<>();
        setup.builder.listener(new DatabaseListener() {
            @Override
            public void connectionClosed(String alias, String reason) {
                refusals.add(
                        catchThrowable(() -> setup.databases().get("replica").execute("DO")));
            }
        });
        setup.wrapper().execute("DO");

        setup.databases().close();

        assertThat(refusals)
                .isNotEmpty()
                .allSatisfy(refusal -> assertThat(refusal)
                        .isInstanceOf(InterfaceException.class)
                        .hasMessageContaining("is shut down"));
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refuseThoseWhoWaitToWriteAsThoseWhoWaitForAConnection() throws InterruptedException {
        setup.database.hasWriteLock = true;
        WriteLock writeLock = WriteLocks.of(setup.database, WriteLocksForTests::withoutRecheck);
        setup.with(settings -> settings.acquireTimeout(Duration.ofDays(1)));
        assertThat(setup.databases().using("default").context().writeLock()).isSameAs(writeLock);
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        Thread waiter = new Thread(() -> refusal.set(
                catchThrowable(() -> setup.databases().get("default").execute("INSERT"))));
        AtomicBlock writing = setup.databases().get().beginAtomic();
        waiter.start();
        Threads.awaitParked(waiter);

        setup.databases().close(Duration.ZERO);
        waiter.join();
        FakeSetup.swallow(writing::close);

        assertThat(refusal.get())
                .isInstanceOf(InterfaceException.class)
                .hasMessageContaining("Database 'default' is shut down");
    }

    @Test
    void haveOneGraceTogether() {
        Lease one = setup.databases().get("default").hold();
        Lease other = setup.databases().get("replica").hold();
        long start = setup.time.getAsLong();
        setup.time.advanceAtEachReading(Duration.ofSeconds(1));

        setup.databases().close(Duration.ofSeconds(10));

        assertThat(Duration.ofNanos(setup.time.getAsLong() - start)).isLessThan(Duration.ofSeconds(18));
        one.close();
        other.close();
    }

    @Test
    void abortWhatIsStillInUseWhenTheGraceIsOver() {
        Lease lease = setup.wrapper().hold();

        setup.databases().close(Duration.ZERO);

        assertThat(setup.database.aborted).hasValue(1);
        assertThat(setup.counts().open()).isZero();
        lease.close();
        assertThat(setup.counts().open()).isZero();
    }

    @Test
    void closeForThisThreadWhatItUsedLastInEachAlias() {
        setup.databases().execute("DO");
        setup.databases().using("replica").execute("DO");

        setup.databases().closeAll();
        setup.databases().closeAll();

        assertThat(setup.database.closed).hasValue(1);
        assertThat(setup.replica.closed).hasValue(1);
    }

    @Test
    void leaveAloneWhatSomebodyElseHasTakenSince() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        setup.databases().execute("DO");
        Lease lease = other.submit(() -> setup.wrapper().hold()).get();

        setup.wrapper().close();

        assertThat(setup.database.closed).hasValue(0);
        other.submit(lease::close).get();
        other.shutdown();
    }

    @Test
    void sayWhenOneConnectionIsAllThereIsAndItIsTaken() throws InterruptedException {
        setup.database.inMemory = true;
        try (Lease lease = setup.wrapper().hold()) {
            assertThat(lease).isNotNull();
            setup.time.advanceAtEachReading(Duration.ofMinutes(1));

            assertThatExceptionOfType(LeaseTimeoutException.class)
                    .isThrownBy(() ->
                            FakeSetup.onAnotherThread(() -> setup.wrapper().execute("DO")))
                    .withMessageContaining("all 1 (maxConnections) are in use");
        }
    }

    @Test
    void readARowStrictly() {
        setup.database.rows("SELECT 1", List.of(java.util.Arrays.asList(1, "text", true, null)));
        Row row = setup.databases().query("SELECT 1").get(0);

        assertThat(row.size()).isEqualTo(4);
        assertThat(row.getInt("c1")).isEqualTo(1);
        assertThat(row.getBoolean("c1")).isTrue();
        assertThat(row.getBoolean("c3")).isTrue();
        assertThat(row.get("c4")).isNull();
        assertThat(row.getInstant("c4")).isNull();
        assertWrong(() -> row.getString("c4"), "Column 'c4' is null; read it with get(\"c4\") to allow for that");
        assertWrong(() -> row.getLong("c2"), "Column 'c2' holds a String, which was to be read as Long");
        assertWrong(() -> row.getInstant("c2"), "Column 'c2' holds a String, which was to be read as Instant");
        assertWrong(() -> row.get("c5"), "The result has no column 'c5'; it has [c1, c2, c3, c4]");
    }

    private static void assertWrong(Runnable read, String message) {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(read::run)
                .withMessage(message);
    }

    private static DatabaseSettings settings(String alias, String engine) {
        return DatabaseSettings.builder(alias).engine(engine).name("main").build();
    }
}
