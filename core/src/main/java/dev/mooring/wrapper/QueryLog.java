package dev.mooring.wrapper;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.jfr.FlightRecorder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reports the statements of one wrapper to the logger, to its list of queries and to captures. While none of these is in use it
 * reads no clock and allocates nothing. A failure to report never fails a statement. Confined to the wrapper's thread.
 */
public final class QueryLog implements UnitParticipant {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.sql");

    /** A second logger, because the first one may be what failed. */
    private static final Logger FALLBACK_LOG = LoggerFactory.getLogger("dev.mooring.db.backends.base");

    /** In place of the time at which a statement began. */
    static final long UNWATCHED = Long.MIN_VALUE;

    private static final int NOT_MANY = -1;
    private static final @Nullable Object[] NONE = {};

    private final String alias;
    private final ThreadGuard guard;
    private final LongSupplier nanoTime;
    private final Redactor redactor;
    private final boolean showsParameters;
    private final long slowNanos;
    private final int maxSize;
    private final Deque<QueryRecord> kept = new ArrayDeque<>(0);
    private final List<QueryCapture> captures = new ArrayList<>(0);

    QueryLog(DatabaseContext context, ThreadGuard guard) {
        DatabaseSettings settings = context.settings();
        this.alias = settings.alias();
        this.guard = guard;
        this.nanoTime = context.registry().clock()::exact;
        this.redactor = context.registry().redactor();
        this.showsParameters = settings.logParameters();
        this.slowNanos = settings.slowQueryThreshold().toNanos();
        this.maxSize = settings.queriesLimit();
    }

    /**
     * {@return the time, to be passed to {@link #ran} when the statement has ended} It is {@link #UNWATCHED} if nothing is to be
     * reported, or if finding that out failed.
     */
    public long start() {
        try {
            return isWatching() ? nanoTime.getAsLong() : UNWATCHED;
        } catch (Throwable e) {
            // Whatever it is, as in report(): a filter of the logger must not prevent a rollback.
            reportFailed(e);
            return UNWATCHED;
        }
    }

    private boolean isWatching() {
        return slowNanos > 0 || isKeeping() || LOG.isDebugEnabled() || FlightRecorder.recordsStatements();
    }

    private boolean isKeeping() {
        return maxSize > 0 || !captures.isEmpty();
    }

    /** A statement ended; {@code parameters} is null if it was given none. */
    public void ran(String sql, @Nullable Object @Nullable [] parameters, long start) {
        report(sql, parameters == null ? NONE : parameters, NOT_MANY, start);
    }

    public void ranMany(String sql, int times, long start) {
        report(sql, NONE, times, start);
    }

    /** Something began or ended a transaction, or did so with the savepoint {@code id}. */
    void controlled(String words, String id, long start) {
        if (start != UNWATCHED) {
            report(words + id, NONE, NOT_MANY, start);
        }
    }

    public List<QueryRecord> queries() {
        if (maxSize > 0 && kept.size() == maxSize) {
            LOG.warn(
                    "Only the last {} queries are in the list of database '{}': see setting 'queriesLimit'",
                    maxSize,
                    alias);
        }
        return List.copyOf(kept);
    }

    public void reset() {
        kept.clear();
    }

    /** Captures until that is closed, or with {@code endsWithUnit} the unit of work ends. */
    public QueryCapture capture(boolean endsWithUnit) {
        QueryCapture capture = new QueryCapture(endsWithUnit, this::end);
        captures.add(capture);
        return capture;
    }

    private void end(QueryCapture capture) {
        guard.check();
        captures.remove(capture);
    }

    @Override
    public void beginUnit() {
        reset();
    }

    @Override
    public void describe(List<String> lines) {
        lines.addAll(Collections.nCopies(captures.size(), "a capture of queries"));
    }

    @Override
    public void endUnit() {
        if (captures.removeIf(QueryCapture::endsWithUnit)) {
            LOG.warn(
                    "Queries of database '{}' were still captured when the unit of work ended, and are no more: close what"
                            + " captureQueries() returns",
                    alias);
        }
    }

    private void report(String sql, @Nullable Object[] parameters, int times, long start) {
        if (start == UNWATCHED) {
            return;
        }
        try {
            long nanos = nanoTime.getAsLong() - start;
            boolean slow = slowNanos > 0 && nanos >= slowNanos;
            if (slow || isKeeping() || LOG.isDebugEnabled() || FlightRecorder.recordsStatements()) {
                QueryRecord query = new QueryRecord(alias, sql, shown(sql, parameters), times, nanos);
                keep(query);
                FlightRecorder.statement(alias, query.text(), query.parameters(), nanos);
                log(query, slow, parameters.length);
            }
        } catch (Throwable e) {
            // Whatever it is, a stack overflow included: the statement is done, and the outcome of a commit is known.
            reportFailed(e);
        }
    }

    private void reportFailed(Throwable failure) {
        try {
            FALLBACK_LOG.warn(
                    "Query logging failed on database '{}'; the statement itself was not affected", alias, failure);
        } catch (Throwable e) {
            // Logging itself is broken, so this cannot be logged either.
        }
    }

    private void keep(QueryRecord query) {
        if (maxSize > 0) {
            if (kept.size() == maxSize) {
                kept.removeFirst();
            }
            kept.addLast(query);
        }
        captures.forEach(capture -> capture.add(query));
    }

    private void log(QueryRecord query, boolean slow, int given) {
        Level level = slow ? Level.WARN : Level.DEBUG;
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        boolean hidden = given > 0 && query.parameters().isEmpty();
        var event = LOG.atLevel(level).addKeyValue("duration", query.seconds()).addKeyValue("sql", query.text());
        if (given > 0 && !hidden) {
            event = event.addKeyValue("params", query.parameters());
        }
        event.addKeyValue("alias", alias)
                .log(
                        "{}{}; args={}; alias={}",
                        slow ? "Slow query: " : "",
                        query,
                        hidden ? "[" + given + " hidden]" : query.parameters(),
                        alias);
    }

    private List<? extends @Nullable Object> shown(String sql, @Nullable Object[] parameters) {
        if (!showsParameters || parameters.length == 0) {
            return List.of();
        }
        List<@Nullable Object> copy = Collections.unmodifiableList(Arrays.asList(parameters.clone()));
        try {
            return redactor.redact(sql, copy);
        } catch (RuntimeException | Error e) {
            // The statement is reported all the same, without its parameters.
            LOG.warn(
                    "The redactor of parameters failed, so those of a statement on database '{}' are hidden", alias, e);
            return List.of();
        }
    }
}
