package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.DatabaseException;
import dev.mooring.pool.ExpectedPool.Entry;
import dev.mooring.pool.ExpectedPool.Outcome;
import dev.mooring.pool.ExpectedPool.State;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pool beside an {@link ExpectedPool}; each step is done to both, and then they are compared.
 *
 * <p>Time is counted in microseconds and moves by whole milliseconds; the limits lie halfway between, so that the few
 * nanoseconds by which each reading of the clock moves on decide nothing. They only let a wait in vain end.
 */
final class PoolModel {

    enum Op {
        ACQUIRE,
        ACQUIRE_AGAIN,
        RELEASE,
        RELEASE_TWICE,
        CLOSE,
        CLOSE_TWICE,
        CLOSE_IF_PARKED,
        DIE,
        WORK,
        TICK,
        ADVANCE,
        SWEEP,
        FAIL_PROBES,
        FAIL_OPENING,
        REFUSE_OPENING,
        SHUT_DOWN
    }

    /** @param choice which connection, reason or amount; taken modulo what there is */
    record Step(Op op, int choice) {}

    private record Ended(PooledConnection connection, long ticket) {}

    private final FakeSource source = new FakeSource();
    private final ManualTime time = new ManualTime();
    private final Clock clock = new Clock(time);
    private final int cap;
    private final Pool pool;
    private final ExpectedPool expected;
    private final List<Ended> ended = new ArrayList<>();

    /** How many probes will fail; the expected pool has its own figure. */
    private final AtomicInteger unanswered = new AtomicInteger();

    PoolModel(int cap) {
        this.cap = cap;
        this.expected = new ExpectedPool(cap);
        time.advanceAtEachReading(Duration.ofNanos(1));
        DatabaseSettings settings = DatabaseSettings.builder("main")
                .engine("fake")
                .maxConnections(cap)
                .leaseScope(LeaseScope.THREAD) // ages to the letter
                .connMaxAge(Duration.ofNanos(ExpectedPool.MAX_AGE * 1_000))
                .healthCheckIdle(Duration.ofNanos(ExpectedPool.PROBE_AFTER * 1_000))
                .acquireTimeout(Duration.ofNanos(40))
                .build();
        this.pool = new Pool(settings, new DoubtfulSource(), clock, source.waits, new PoolListener() {});
    }

    /** Does one step, and compares. */
    void run(Step step) {
        int choice = step.choice();
        switch (step.op()) {
            case ACQUIRE -> acquire(null);
            case ACQUIRE_AGAIN -> acquire(expected.any(choice, State.values()));
            case RELEASE -> release(expected.any(choice, State.LEASED));
            case RELEASE_TWICE -> endAgain(choice, null);
            case CLOSE -> close(expected.any(choice, State.LEASED), reason(choice));
            case CLOSE_TWICE -> endAgain(choice, reason(choice));
            case CLOSE_IF_PARKED -> closeIfParked(expected.any(choice, State.values()));
            case DIE -> die(choice);
            case WORK -> work(expected.any(choice, State.LEASED));
            case TICK -> tick();
            case ADVANCE -> advance(choice);
            case SWEEP -> sweep();
            case FAIL_PROBES -> failProbes(choice % 3);
            case FAIL_OPENING -> failOpening(choice % 2);
            case REFUSE_OPENING -> refuseOpening(choice % 3);
            case SHUT_DOWN -> shutDown();
        }
        compare();
    }

    /** Ends all work: invariant 2. */
    void finish() {
        expected.entries.stream().filter(entry -> entry.state == State.LEASED).forEach(this::release);
        sweep();
        compare();
        assertThat(pool.counts().leased()).isZero();
    }

    private void acquire(@Nullable Entry last) {
        Outcome outcome = expected.acquire(last);
        PooledConnection[] got = new PooledConnection[1];
        Throwable error = catchThrowable(() -> got[0] = pool.acquire(last == null ? null : last.connection));
        compare(outcome, got[0], error, State.LEASED);
    }

    /** A thread takes a connection and dies with it. */
    private void die(int choice) {
        if (expected.countOf(State.LEASED) == cap) {
            return; // It would wait for me in vain.
        }
        boolean idle = choice % 3 != 0;
        boolean dirty = choice % 5 == 0;
        Outcome outcome = expected.acquire(null);
        PooledConnection[] got = new PooledConnection[1];
        Throwable error = catchThrowable(() -> got[0] = Threads.on("dies with its lease", () -> {
            PooledConnection connection = pool.acquire(null);
            connection.idle(idle);
            connection.dirty(dirty);
            return connection;
        }));
        Entry entry = compare(outcome, got[0], error, State.ORPHANED);
        if (entry != null) {
            entry.idle = idle;
            entry.dirty = dirty;
        }
    }

    private @Nullable Entry compare(
            Outcome outcome, @Nullable PooledConnection got, @Nullable Throwable error, State state) {
        if (outcome.error() != null) {
            assertThat(error).isInstanceOf(outcome.error());
            return null;
        }
        assertThat(error).isNull();
        if (outcome.entry() == null) {
            assertThat(expected.entries).noneMatch(known -> known.connection == got);
        }
        Entry entry = expected.handedOut(outcome, got, state);
        assertThat(got).isSameAs(entry.connection);
        return entry;
    }

    private void release(@Nullable Entry entry) {
        if (entry == null) {
            return;
        }
        work(entry, true);
        ended.add(new Ended(entry.connection, entry.ticket));
        pool.release(entry.connection, entry.ticket);
        expected.released(entry);
    }

    private void close(@Nullable Entry entry, CloseReason reason) {
        if (entry != null) {
            ended.add(new Ended(entry.connection, entry.ticket));
            pool.close(entry.connection, entry.ticket, reason);
            expected.closed(entry, reason);
        }
    }

    private void endAgain(int choice, @Nullable CloseReason reason) {
        if (ended.isEmpty()) {
            return;
        }
        Ended old = ended.get(choice % ended.size());
        if (reason == null) {
            pool.release(old.connection(), old.ticket());
        } else {
            pool.close(old.connection(), old.ticket(), reason);
        }
    }

    private void closeIfParked(@Nullable Entry entry) {
        if (entry != null) {
            pool.closeIfParked(entry.connection);
            if (entry.state == State.PARKED) {
                expected.closed(entry, CloseReason.REQUESTED);
            }
        }
    }

    private static void work(@Nullable Entry entry) {
        if (entry != null) {
            work(entry, false);
        }
    }

    private static void work(Entry entry, boolean over) {
        entry.connection.idle(over);
        entry.idle = over;
    }

    private void tick() {
        clock.tick();
        expected.tick();
    }

    /** After a refusal by more than the longest pause, so that it is certain that the server will be asked again. */
    private void advance(int choice) {
        long millis = 1L + choice % 700 + (expected.isRefused() ? 1_000 : 0);
        time.advance(Duration.ofMillis(millis));
        expected.advance(millis * 1_000);
    }

    private void sweep() {
        pool.sweep();
        expected.swept();
    }

    private void failProbes(int times) {
        expected.failProbes(times);
        unanswered.set(times);
    }

    private void failOpening(int times) {
        expected.failOpening(times);
        source.failures.set(times);
    }

    private void refuseOpening(int times) {
        expected.refuseOpening(times);
        source.refusals.set(times);
    }

    private void shutDown() {
        pool.shutDown(Duration.ZERO);
        expected.shutDown();
    }

    private void compare() {
        PoolCounts counts = pool.counts();
        assertThat(source.peak.get()).as("invariant 1").isLessThanOrEqualTo(cap);
        assertThat(source.opened).as("opened").hasValue(expected.opened);
        assertThat(source.closed).as("closed").hasValue(expected.closed);
        assertThat(source.aborted).as("aborted").hasValue(expected.aborted);
        assertThat(source.probes).as("probes").hasValue(expected.probes);
        assertThat(counts.opened()).isEqualTo(expected.opened);
        assertThat(counts.closed()).isEqualTo(expected.closed + expected.aborted);
        assertThat(counts.open()).isEqualTo(expected.countOpen()).isEqualTo(source.nowOpen());
        assertThat(counts.leased())
                .as("leased")
                .isEqualTo(expected.countOf(State.LEASED) + expected.countOf(State.ORPHANED));
        assertThat(counts.waiting()).isZero();
        assertThat(counts.reclaimed()).as("reclaimed").isEqualTo(expected.reclaimed);
        assertThat(counts.timeouts()).as("timeouts").isEqualTo(expected.timeouts);
        assertThat(counts.leases())
                .as("leases")
                .isBetween((long) expected.handedOut, (long) expected.handedOut + expected.replaced);
        assertThat(pool.permits()).as("permits").isEqualTo(expected.countOpen());
        expected.entries.forEach(PoolModel::compare);
    }

    private static void compare(Entry entry) {
        long state = entry.connection.state();
        Thread owner = entry.connection.owner();
        boolean agrees = switch (entry.state) {
            case PARKED -> Leasable.isParked(state) && owner == null;
            case LEASED -> entry.connection.isLeasedWith(entry.ticket) && owner == Thread.currentThread();
            case ORPHANED -> entry.connection.isLeasedWith(entry.ticket) && owner != null && !owner.isAlive();
            case CLOSED -> !Leasable.isParked(state) && !Leasable.isLeased(state);
        };
        assertThat(agrees)
                .as("%s, state %d, owner %s", entry.state, state, owner)
                .isTrue();
    }

    private static CloseReason reason(int choice) {
        List<CloseReason> reasons = List.of(CloseReason.values());
        return reasons.get(choice % reasons.size());
    }

    /** The counted connections, some of which do not answer. */
    private final class DoubtfulSource implements ConnectionSource {

        @Override
        public Connection open() {
            return source.open();
        }

        @Override
        public boolean isRefusal(DatabaseException error) {
            return source.isRefusal(error);
        }

        @Override
        public boolean isUsable(Connection connection) {
            return source.isUsable(connection) && unanswered.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
        }

        @Override
        public void close(Connection connection) {
            source.close(connection);
        }

        @Override
        public void abort(Connection connection) {
            source.abort(connection);
        }
    }
}
