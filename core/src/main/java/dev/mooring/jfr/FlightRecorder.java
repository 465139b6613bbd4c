package dev.mooring.jfr;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of the layer in the JDK's flight recorder; {@code docs/observing.md} lists them. Costs a comparison while nothing is
 * recorded, and works without the module {@code jdk.jfr}: then nothing ever is. Thread-safe.
 */
public final class FlightRecorder {

    private static final @Nullable EventWriter WRITER = isPresent() ? new EventWriter() : null;

    private FlightRecorder() {}

    private static boolean isPresent() {
        try {
            Class.forName("jdk.jfr.Event", false, FlightRecorder.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    public static boolean recordsStatements() {
        return WRITER != null && WRITER.recordsStatements();
    }

    public static boolean recordsTransactions() {
        return WRITER != null && WRITER.recordsTransactions();
    }

    /** A statement ended that took so long. {@code parameters} are those that may be shown. */
    public static void statement(String alias, String sql, List<? extends @Nullable Object> parameters, long nanos) {
        if (WRITER != null && WRITER.recordsStatements()) {
            WRITER.statement(alias, sql, parameters, nanos);
        }
    }

    /** A transaction that took so long was ended by {@code outcome}, or that failed. */
    public static void transaction(String alias, String outcome, long nanos, boolean ended) {
        try {
            if (WRITER != null) {
                WRITER.transaction(alias, outcome, nanos, ended);
            }
        } catch (Throwable e) {
            // Whatever it is: the transaction has ended, and its outcome is not to be taken for another.
        }
    }

    public static void opened(String alias, Duration time) {
        if (WRITER != null) {
            WRITER.opened(alias, time.toNanos());
        }
    }

    public static void openFailed(String alias, Throwable error) {
        if (WRITER != null) {
            WRITER.openFailed(alias, error);
        }
    }

    public static void closed(String alias, String reason) {
        if (WRITER != null) {
            WRITER.closed(alias, reason);
        }
    }

    public static void waited(String alias, Duration time) {
        if (WRITER != null) {
            WRITER.waited(alias, time.toNanos());
        }
    }

    public static void timedOut(String alias) {
        if (WRITER != null) {
            WRITER.timedOut(alias);
        }
    }

    /** A connection was taken back from the thread of the name {@code owner}. */
    public static void reclaimed(String alias, String owner) {
        if (WRITER != null) {
            WRITER.reclaimed(alias, owner);
        }
    }
}
