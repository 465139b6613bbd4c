package dev.mooring.demo;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.mooring.ConnectionCounts;
import dev.mooring.ConnectionInfo;
import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.demo.text.Messages;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of the live page, on a thread of its own. Its connections stay open after the last request, so that they can be looked
 * at, until {@link #close()} or for {@link #MINUTES_OPEN} minutes. Thread-safe.
 */
final class LiveRun implements RunObserver, AutoCloseable {

    static final int MINUTES_OPEN = 5;

    /** Fewer than in the scenario: each takes some seconds. */
    private static final int MOST_FAILURES = 10;

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int MOST_LOOKS = 400;

    /** How far a run is. */
    enum Phase {
        /** The database is being made ready. */
        PREPARING,
        SENDING,
        /** Everything was answered; the connections are as the requests left them. */
        ANSWERED,
        CLOSED
    }

    private final LiveOptions options;
    private final Supplier<LiveStage> stages;
    private final LiveLog log = new LiveLog();
    private final LivePoints points;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "live-run");

    private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();

    private volatile boolean stopped;
    private volatile Phase phase = Phase.PREPARING;
    private volatile @Nullable LiveStage stage;
    private volatile @Nullable Database database;
    private volatile OptionalInt limit = OptionalInt.empty();
    private volatile @Nullable Tally tally;
    private volatile @Nullable LiveResult result;
    private volatile @Nullable String sentence;

    LiveRun(LiveOptions options, Supplier<LiveStage> stages) {
        this.options = options;
        this.stages = stages;
        points = new LivePoints(options.requests());
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            LiveStage prepared = stages.get();
            limit = prepared.view().limit();
            stage = prepared;
            runOn(prepared);
        } catch (RuntimeException e) {
            sentence = "The run could not be made: " + Messages.chain(e) + ".";
        } finally {
            phase = Phase.CLOSED;
        }
    }

    private void runOn(LiveStage prepared) {
        DatabaseSettings settings = options.handling().applyTo(prepared.settings(), options.scope());
        try (Databases databases =
                        Databases.builder().add(settings).listener(log).build();
                RequestThreads threads = options.threads().open(options.concurrency())) {
            Database used = databases.using(DatabaseSettings.DEFAULT_ALIAS);
            database = used;
            Workload workload = new Workload(options.threads(), options.requests(), options.concurrency(), settings);
            phase = Phase.SENDING;
            Outcome outcome = new Requests(workload, databases, prepared.login()).send(threads, this);
            awaitEndOfThreads(used);
            points.finish(used.counts().open());
            LiveResult left = LiveResult.of(outcome, refusal.get(), used, limit);
            sentence = LiveVerdict.of(options, left);
            result = left;
            phase = Phase.ANSWERED;
            boolean unused = Uninterruptibles.awaitUninterruptibly(closing, MINUTES_OPEN, TimeUnit.MINUTES);
            databases.close(Duration.ZERO); // what leaked is never given back: no use in waiting for it
        }
    }

    /**
     * A thread of one request lives on for a moment after it has answered: until then, what it leaves behind is not seen. What
     * ended threads left is taken back within a second or so.
     */
    private void awaitEndOfThreads(Database used) {
        for (int look = 0; options.threads() != ThreadModel.POOL && look < MOST_LOOKS; look++) {
            if (used.connections().stream().noneMatch(this::isAboutToChange)) {
                return;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private boolean isAboutToChange(ConnectionInfo connection) {
        return switch (connection.state()) {
            case PARKED -> false;
            case LEASED -> true;
            case LEAKED -> options.handling() == Handling.MOORING;
        };
    }

    @Override
    public void sent(int sent, Tally seen) {
        tally = seen;
    }

    @Override
    public void answered(int number, @Nullable String failure, Duration took) {
        Database used = database;
        if (used != null) {
            points.answered(() -> used.counts().open());
        }
        if (failure != null) {
            Refusal.in(failure).ifPresent(words -> refusal.compareAndSet(null, words));
        }
        log.answered(number, failure, took);
    }

    @Override
    public @Nullable String reasonToStop() {
        if (stopped) {
            return "it was stopped";
        }
        Tally seen = tally;
        return seen != null && seen.failed() >= MOST_FAILURES ? MOST_FAILURES + " requests had failed" : null;
    }

    void stop() {
        stopped = true;
    }

    /** Stops, and waits until every connection is closed. */
    @Override
    public void close() {
        stop();
        closing.countDown();
        Uninterruptibles.joinUninterruptibly(thread);
    }

    LiveOptions options() {
        return options;
    }

    Phase phase() {
        return phase;
    }

    /** {@return whether requests may still be sent} */
    boolean isUnderWay() {
        return phase == Phase.PREPARING || phase == Phase.SENDING;
    }

    /** {@return the requests answered so far; null before the first was sent} */
    @Nullable
    Tally tally() {
        return tally;
    }

    LiveLog log() {
        return log;
    }

    LivePoints points() {
        return points;
    }

    OptionalInt limit() {
        return limit;
    }

    /** {@return what happened, in words; null while the run is under way} */
    @Nullable
    String sentence() {
        return sentence;
    }

    /** {@return what was left when everything was answered; null before that} */
    @Nullable
    LiveResult result() {
        return result;
    }

    /** {@return the counts; null before the database is ready} */
    @Nullable
    ConnectionCounts counts() {
        Database used = database;
        return used == null ? null : used.counts();
    }

    List<ConnectionInfo> connections() {
        Database used = database;
        return used == null ? List.of() : used.connections();
    }

    /** {@return where it runs; null before that is ready} */
    @Nullable
    LiveStage stage() {
        return stage;
    }
}
