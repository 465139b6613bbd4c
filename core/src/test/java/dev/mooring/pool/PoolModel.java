package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.InterfaceException;
import dev.mooring.error.LeaseTimeoutException;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pool beside a plain account of what it should do; each step is done to both, and then they are compared.
 *
 * <p>Time is counted in microseconds and moves by whole milliseconds; the limits lie halfway between, so that the few
 * nanoseconds by which each reading of the clock moves on decide nothing. They only let a wait in vain end.
 */
final class PoolModel {

    private static final long MAX_AGE = 3_000_500;
    private static final long PROBE_AFTER = 1_000_500;

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

    private enum Held {
        PARKED,
        LEASED,
        LEFT_BY_THE_DEAD,
        CLOSED
    }

    /** What is known of one connection; in the order of opening. */
    private static final class Entry {
        final PooledConnection connection;
        final long openedAt;
        Held held = Held.LEASED;
        long ticket;
        long validateAfter;
        boolean idle = true;
        boolean changed;

        Entry(PooledConnection connection, long openedAt) {
            this.connection = connection;
            this.openedAt = openedAt;
        }
    }

    private record Ended(PooledConnection connection, long ticket) {}

    /** What a request for a connection comes to: one that is known, a new one (null), or an error. */
    private record Outcome(@Nullable Entry entry, @Nullable Class<? extends Throwable> error) {}

    private static final Outcome OPENED = new Outcome(null, null);

    private final FakeSource source = new FakeSource();
    private final ManualTime time = new ManualTime();
    private final Clock clock = new Clock(time);
    private final int cap;
    private final Pool pool;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Ended> ended = new ArrayList<>();

    /** How many probes will fail; the account has its own figure. */
    private final AtomicInteger unanswered = new AtomicInteger();

    private long now;
    private long coarse;
    private long refusedAt = -1;
    private int failingProbes;
    private int failures;
    private int refusals;
    private boolean shutDown;

    private int opened;
    private int closed;
    private int aborted;
    private int probes;
    private int handedOut;
    private int replaced;
    private int reclaimed;
    private int timeouts;

    PoolModel(int cap) {
        this.cap = cap;
        time.advanceAtEachReading(Duration.ofNanos(1));
        DatabaseSettings settings = DatabaseSettings.builder("main")
                .engine("fake")
                .maxConnections(cap)
                .leaseScope(LeaseScope.THREAD) // ages to the letter
                .connMaxAge(Duration.ofNanos(MAX_AGE * 1_000))
                .healthCheckIdle(Duration.ofNanos(PROBE_AFTER * 1_000))
                .acquireTimeout(Duration.ofNanos(40))
                .build();
        this.pool = new Pool(settings, new DoubtfulSource(), clock, source.waits, new PoolListener() {});
    }

    /** Does one step, and compares. */
    void run(Step step) {
        int choice = step.choice();
        switch (step.op()) {
            case ACQUIRE -> acquire(null);
            case ACQUIRE_AGAIN -> acquire(any(choice, Held.values()));
            case RELEASE -> release(any(choice, Held.LEASED));
            case RELEASE_TWICE -> endAgain(choice, null);
            case CLOSE -> close(any(choice, Held.LEASED), reason(choice));
            case CLOSE_TWICE -> endAgain(choice, reason(choice));
            case CLOSE_IF_PARKED -> closeIfParked(any(choice, Held.values()));
            case DIE -> die(choice);
            case WORK -> work(any(choice, Held.LEASED));
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
        entries.stream().filter(entry -> entry.held == Held.LEASED).forEach(this::release);
        sweep();
        compare();
        assertThat(pool.counts().leased()).isZero();
    }

    private void acquire(@Nullable Entry last) {
        Outcome expected = expect(last);
        PooledConnection[] got = new PooledConnection[1];
        Throwable error = catchThrowable(() -> got[0] = pool.acquire(last == null ? null : last.connection));
        settle(expected, got[0], error, Held.LEASED);
    }

    private void die(int choice) {
        if (countOf(Held.LEASED) == cap) {
            return; // It would wait for me in vain.
        }
        boolean idle = choice % 3 != 0;
        boolean changed = choice % 5 == 0;
        Outcome expected = expect(null);
        PooledConnection[] got = new PooledConnection[1];
        Throwable error = catchThrowable(() -> got[0] = Threads.on("doomed", () -> {
            PooledConnection connection = pool.acquire(null);
            connection.idle(idle);
            connection.dirty(changed);
            return connection;
        }));
        Entry entry = settle(expected, got[0], error, Held.LEFT_BY_THE_DEAD);
        if (entry != null) {
            entry.idle = idle;
            entry.changed = changed;
        }
    }

    private @Nullable Entry settle(
            Outcome expected, @Nullable PooledConnection got, @Nullable Throwable error, Held held) {
        if (expected.error() != null) {
            assertThat(error).isInstanceOf(expected.error());
            return null;
        }
        assertThat(error).isNull();
        Entry entry = expected.entry();
        if (entry == null) {
            assertThat(entries).noneMatch(known -> known.connection == got);
            entry = new Entry(got, now);
            entries.add(entry);
        }
        assertThat(got).isSameAs(entry.connection);
        entry.held = held;
        entry.ticket = got.ticket();
        entry.idle = false;
        handedOut++;
        return entry;
    }

    private Outcome expect(@Nullable Entry last) {
        if (shutDown) {
            return new Outcome(null, InterfaceException.class);
        }
        Outcome outcome = last != null && last.held == Held.PARKED ? take(last) : recheckInterval();
        while (outcome == null && (first(Held.PARKED) != null || first(Held.LEFT_BY_THE_DEAD) != null)) {
            outcome = recheckInterval();
        }
        if (outcome != null) {
            return outcome;
        }
        // Whoever holds all of them itself need not wait to know.
        timeouts += countOf(Held.LEASED) == cap ? 0 : 1;
        return new Outcome(null, LeaseTimeoutException.class);
    }

    /** {@return what one look around finds: a parked one, else one of the dead, else a new one; null for nothing} */
    private @Nullable Outcome recheckInterval() {
        Entry parked = first(Held.PARKED);
        Outcome outcome = parked == null ? null : take(parked);
        if (outcome == null) {
            Entry left = first(Held.LEFT_BY_THE_DEAD);
            outcome = left == null ? null : take(left);
        }
        return outcome == null && countOpen() < cap ? open() : outcome;
    }

    private @Nullable Outcome take(Entry entry) {
        if (entry.held == Held.LEFT_BY_THE_DEAD) {
            reclaimed++;
            if (!entry.idle || entry.changed) {
                return replace(entry, CloseReason.LEAKED);
            }
        } else if (coarse < entry.validateAfter) {
            return new Outcome(entry, null);
        }
        if (now >= entry.openedAt + MAX_AGE) {
            return replace(entry, CloseReason.EXPIRED);
        }
        probes++;
        if (failingProbes == 0) {
            return new Outcome(entry, null);
        }
        failingProbes--;
        entries.forEach(other -> other.validateAfter = coarse);
        return replace(entry, CloseReason.VALIDATION_FAILED);
    }

    private @Nullable Outcome replace(Entry entry, CloseReason reason) {
        replaced++;
        gone(entry, reason);
        return open();
    }

    private @Nullable Outcome open() {
        if (refusedAt == now) {
            return null;
        }
        if (failures > 0) {
            failures--;
            return new Outcome(null, IllegalStateException.class);
        }
        if (refusals > 0) {
            refusals--;
            refusedAt = now;
            return null;
        }
        refusedAt = -1;
        opened++;
        return OPENED;
    }

    private void release(@Nullable Entry entry) {
        if (entry == null) {
            return;
        }
        work(entry, true);
        ended.add(new Ended(entry.connection, entry.ticket));
        pool.release(entry.connection, entry.ticket);
        if (coarse >= entry.openedAt + MAX_AGE) {
            gone(entry, CloseReason.EXPIRED);
        } else {
            entry.held = Held.PARKED;
            entry.validateAfter = Math.min(coarse + PROBE_AFTER, entry.openedAt + MAX_AGE);
        }
    }

    private void close(@Nullable Entry entry, CloseReason reason) {
        if (entry != null) {
            ended.add(new Ended(entry.connection, entry.ticket));
            pool.close(entry.connection, entry.ticket, reason);
            gone(entry, reason);
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
            if (entry.held == Held.PARKED) {
                gone(entry, CloseReason.REQUESTED);
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
        coarse = now;
    }

    /** After a refusal by more than the longest pause, so that it is certain that the server will be asked again. */
    private void advance(int choice) {
        long millis = 1L + choice % 700 + (refusedAt >= 0 ? 1_000 : 0);
        time.advance(Duration.ofMillis(millis));
        now += millis * 1_000;
    }

    private void sweep() {
        pool.sweep();
        for (Entry entry : entries) {
            if (entry.held == Held.PARKED && coarse >= entry.openedAt + MAX_AGE) {
                gone(entry, CloseReason.EXPIRED);
            } else if (entry.held == Held.LEFT_BY_THE_DEAD) {
                reclaimed++;
                gone(entry, entry.idle ? CloseReason.REQUESTED : CloseReason.LEAKED);
            }
        }
    }

    private void failProbes(int times) {
        failingProbes = times;
        unanswered.set(times);
    }

    private void failOpening(int times) {
        failures = times;
        source.failures.set(times);
    }

    private void refuseOpening(int times) {
        refusals = times;
        source.refusals.set(times);
    }

    private void shutDown() {
        pool.shutDown(Duration.ZERO);
        shutDown = true;
        for (Entry entry : entries) {
            if (entry.held != Held.CLOSED) {
                gone(entry, entry.idle || entry.held == Held.PARKED ? CloseReason.SHUT_DOWN : CloseReason.LEAKED);
            }
        }
    }

    private void gone(Entry entry, CloseReason reason) {
        entry.held = Held.CLOSED;
        if (reason.aborts()) {
            aborted++;
        } else {
            closed++;
        }
    }

    private void compare() {
        PoolCounts counts = pool.counts();
        assertThat(source.peak.get()).as("invariant 1").isLessThanOrEqualTo(cap);
        assertThat(source.opened).as("opened").hasValue(opened);
        assertThat(source.closed).as("closed").hasValue(closed);
        assertThat(source.aborted).as("aborted").hasValue(aborted);
        assertThat(source.probes).as("probes").hasValue(probes);
        assertThat(counts.opened()).isEqualTo(opened);
        assertThat(counts.closed()).isEqualTo(closed + aborted);
        assertThat(counts.open()).isEqualTo(countOpen()).isEqualTo(source.nowOpen());
        assertThat(counts.leased()).as("leased").isEqualTo(countOf(Held.LEASED) + countOf(Held.LEFT_BY_THE_DEAD));
        assertThat(counts.waiting()).isZero();
        assertThat(counts.reclaimed()).as("reclaimed").isEqualTo(reclaimed);
        assertThat(counts.timeouts()).as("timeouts").isEqualTo(timeouts);
        assertThat(counts.leases()).as("leases").isBetween((long) handedOut, (long) handedOut + replaced);
        assertThat(pool.permits()).as("places").isEqualTo(countOpen());
        entries.forEach(PoolModel::compare);
    }

    private static void compare(Entry entry) {
        long state = entry.connection.state();
        Thread owner = entry.connection.owner();
        boolean agrees = switch (entry.held) {
            case PARKED -> Leasable.isParked(state) && owner == null;
            case LEASED -> entry.connection.isLeasedWith(entry.ticket) && owner == Thread.currentThread();
            case LEFT_BY_THE_DEAD -> entry.connection.isLeasedWith(entry.ticket) && owner != null && !owner.isAlive();
            case CLOSED -> !Leasable.isParked(state) && !Leasable.isLeased(state);
        };
        assertThat(agrees)
                .as("%s, state %d, owner %s", entry.held, state, owner)
                .isTrue();
    }

    private @Nullable Entry any(int choice, Held... wanted) {
        List<Entry> found = entries.stream()
                .filter(entry -> List.of(wanted).contains(entry.held))
                .toList();
        return found.isEmpty() ? null : found.get(choice % found.size());
    }

    private @Nullable Entry first(Held held) {
        return any(0, held);
    }

    private int countOf(Held held) {
        return (int) entries.stream().filter(entry -> entry.held == held).count();
    }

    private int countOpen() {
        return entries.size() - countOf(Held.CLOSED);
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
