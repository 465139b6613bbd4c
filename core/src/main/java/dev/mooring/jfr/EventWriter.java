package dev.mooring.jfr;

import dev.mooring.jfr.MooringEvent.ConnectionClosed;
import dev.mooring.jfr.MooringEvent.ConnectionFailed;
import dev.mooring.jfr.MooringEvent.ConnectionOpened;
import dev.mooring.jfr.MooringEvent.ConnectionReclaimed;
import dev.mooring.jfr.MooringEvent.LeaseTimedOut;
import dev.mooring.jfr.MooringEvent.LeaseWaited;
import dev.mooring.jfr.MooringEvent.Statement;
import dev.mooring.jfr.MooringEvent.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events. Loaded only where the module {@code jdk.jfr} is. Has an object of each event that is asked whether its kind
 * is recorded: asking for the event's type would set up the recorder. Thread-safe.
 */
final class EventWriter {

    /** Longer texts are cut, because a recording is for finding statements and not for keeping them. */
    private static final int LONGEST_TEXT = 4_000;

    private final ConnectionOpened opened = new ConnectionOpened();
    private final ConnectionFailed failed = new ConnectionFailed();
    private final ConnectionClosed closed = new ConnectionClosed();
    private final LeaseWaited waited = new LeaseWaited();
    private final LeaseTimedOut timedOut = new LeaseTimedOut();
    private final ConnectionReclaimed reclaimed = new ConnectionReclaimed();
    private final Transaction transaction = new Transaction();
    private final Statement statement = new Statement();

    boolean recordsTransactions() {
        return transaction.isEnabled();
    }

    boolean recordsStatements() {
        return statement.isEnabled();
    }

    void opened(String alias, long nanos) {
        if (opened.isEnabled()) {
            ConnectionOpened event = new ConnectionOpened();
            event.time = nanos;
            commit(event, alias);
        }
    }

    void openFailed(String alias, Throwable error) {
        if (failed.isEnabled()) {
            ConnectionFailed event = new ConnectionFailed();
            event.error = shortened(String.valueOf(error.getMessage()));
            commit(event, alias);
        }
    }

    void closed(String alias, String reason) {
        if (closed.isEnabled()) {
            ConnectionClosed event = new ConnectionClosed();
            event.reason = reason;
            commit(event, alias);
        }
    }

    void waited(String alias, long nanos) {
        if (waited.isEnabled()) {
            LeaseWaited event = new LeaseWaited();
            event.time = nanos;
            commit(event, alias);
        }
    }

    void timedOut(String alias) {
        if (timedOut.isEnabled()) {
            commit(new LeaseTimedOut(), alias);
        }
    }

    void reclaimed(String alias, String owner) {
        if (reclaimed.isEnabled()) {
            ConnectionReclaimed event = new ConnectionReclaimed();
            event.owner = owner;
            commit(event, alias);
        }
    }

    void transaction(String alias, String outcome, long nanos, boolean ended) {
        Transaction event = new Transaction();
        event.outcome = outcome;
        event.time = nanos;
        event.failed = !ended;
        commit(event, alias);
    }

    void statement(String alias, String sql, List<? extends @Nullable Object> parameters, long nanos) {
        Statement event = new Statement();
        event.sql = shortened(sql);
        event.parameters = parameters.isEmpty() ? null : shortened(parameters.toString());
        event.time = nanos;
        commit(event, alias);
    }

    private static void commit(MooringEvent event, String alias) {
        event.alias = alias;
        event.commit();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }
}
