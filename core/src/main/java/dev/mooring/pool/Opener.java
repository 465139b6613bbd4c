package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.DatabaseException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections. While the server refuses new ones, one thread at a time tries, with a backoff; the others wait for an open
 * connection. Thread-safe.
 */
final class Opener {

    static final long FOR_EVER = Duration.ofDays(36_500).toNanos();

    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    /** A shorter limit would keep a pool empty whose users do not wait at all. */
    private static final long SHORTEST_ATTEMPT = TimeUnit.MILLISECONDS.toNanos(200);

    private static final double JITTER = 0.1;
    private static final long FIRST_WARNING = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_BETWEEN_WARNINGS = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");

    private final String alias;
    private final ConnectionSource source;
    private final Clock clock;
    private final PoolStatistics statistics;
    private final long maxAge;
    private final boolean exactAge;
    private final long callTimeout;
    private final long mostNanos;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable OpenFailure lastFailure;

    /** The last error of the server, the attempts in a row and since when, the backoff, and when the next warning is due. */
    record OpenFailure(DatabaseException error, int attempts, long since, long pause, long retryAt, long warnAfter) {}

    Opener(DatabaseSettings settings, ConnectionSource source, Clock clock, PoolStatistics statistics) {
        this.alias = settings.alias();
        this.source = source;
        this.clock = clock;
        this.statistics = statistics;
        this.maxAge = settings.connMaxAge()
                .filter(age -> !age.isZero())
                .map(Duration::toNanos)
                .orElse(FOR_EVER);
        this.mostNanos = Math.max(settings.acquireTimeout().toNanos(), SHORTEST_ATTEMPT);
        this.callTimeout = source.callTimeout().toNanos();
        this.exactAge = maxAge == FOR_EVER || settings.leaseScope() == LeaseScope.THREAD;
    }

    @Nullable
    OpenFailure lastFailure() {
        return lastFailure;
    }

    /** {@return how long to wait before the next attempt, {@code limit} at most} */
    long pause(long limit) {
        OpenFailure current = lastFailure;
        return current == null ? limit : Math.max(SHORTEST_PAUSE, Math.min(limit, current.retryAt() - clock.exact()));
    }

    /**
     * {@return a new connection, leased to {@code thread}; null if the server accepts none at the moment}
     *
     * @param start since when the thread has waited: the attempt gets what is left of {@code acquireTimeout}
     */
    @Nullable
    PooledConnection open(Thread thread, long start) {
        long left = start + mostNanos - clock.exact();
        if (left <= 0) {
            return null;
        }
        OpenFailure current = lastFailure;
        if (current == null) {
            return attempt(thread, null, left);
        }
        if (clock.exact() - current.retryAt() < 0 || !asking.compareAndSet(false, true)) {
            return null;
        }
        try {
            return attempt(thread, current, left);
        } finally {
            asking.set(false);
        }
    }

    private @Nullable PooledConnection attempt(Thread thread, @Nullable OpenFailure before, long left) {
        long openedAt = clock.exact();
        try {
            // Whatever may fail comes first: later, a failure would lose an open connection.
            CallTimer calls = new CallTimer(clock, callTimeout);
            long expiresAt = openedAt + age();
            Duration within = Duration.ofNanos(left);
            PooledConnection opened = new PooledConnection(source.open(within), calls, openedAt, expiresAt);
            opened.begin(thread, openedAt);
            accepted(before);
            return opened;
        } catch (DatabaseException e) {
            boolean refused = source.isRefusal(e);
            if (refused) {
                lastFailure = next(before, e);
            }
            statistics.openFailed(e);
            if (refused) {
                return null;
            }
            throw e;
        }
    }

    /** {@return how long ago the attempt began that led to this connection} */
    Duration timeSinceBegun(PooledConnection opened) {
        return Duration.ofNanos(clock.exact() - opened.openedAt());
    }

    private void accepted(@Nullable OpenFailure before) {
        lastFailure = null;
        if (before != null && before.warnAfter() > FIRST_WARNING) {
            LOG.info("Database '{}' accepts connections again, after {} ms", alias, since(before));
        }
    }

    private OpenFailure next(@Nullable OpenFailure before, DatabaseException error) {
        long now = clock.exact();
        long pause = before == null ? FIRST_PAUSE : Math.min(before.pause() * 2, LONGEST_PAUSE);
        long retryAt = now + pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        if (before == null) {
            return new OpenFailure(error, 1, now, pause, retryAt, FIRST_WARNING);
        }
        int attempts = before.attempts() + 1;
        long warnAfter = before.warnAfter();
        if (now - before.since() >= warnAfter) {
            LOG.warn(
                    "Database '{}' has accepted no connection for {} ms ({} attempts); retrying. Last error:" + " {}",
                    alias,
                    since(before),
                    attempts,
                    error.getMessage());
            warnAfter = now - before.since() + Math.min(warnAfter, LONGEST_BETWEEN_WARNINGS);
        }
        return new OpenFailure(error, attempts, before.since(), pause, retryAt, warnAfter);
    }

    private long since(OpenFailure before) {
        return TimeUnit.NANOSECONDS.toMillis(clock.exact() - before.since());
    }

    /** Ages vary, so that connections opened together do not expire together; with THREAD they are exact, as Django's. */
    private long age() {
        return exactAge
                ? maxAge
                : maxAge - (long) (maxAge * JITTER * ThreadLocalRandom.current().nextDouble());
    }
}
