package dev.mooring.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * An event for the JDK's flight recorder. The time that something took is a field, because the layer knows it only when it is
 * over; so thresholds of the recorder do not apply.
 */
@Category("Mooring")
@StackTrace(false)
abstract class MooringEvent extends Event {

    @Label("Alias")
    @Description("The alias of the database")
    @Nullable
    String alias;

    @Name("dev.mooring.ConnectionOpened")
    @Label("Connection Opened")
    static final class ConnectionOpened extends MooringEvent {

        @Label("Time")
        @Timespan(Timespan.NANOSECONDS)
        long time;
    }

    @Name("dev.mooring.ConnectionFailed")
    @Label("Connection Failed")
    static final class ConnectionFailed extends MooringEvent {

        @Label("Error")
        @Nullable
        String error;
    }

    @Name("dev.mooring.ConnectionClosed")
    @Label("Connection Closed")
    static final class ConnectionClosed extends MooringEvent {

        @Label("Reason")
        @Nullable
        String reason;
    }

    @Name("dev.mooring.LeaseWaited")
    @Label("Lease Waited")
    @Description("A thread waited for a connection")
    static final class LeaseWaited extends MooringEvent {

        @Label("Time")
        @Timespan(Timespan.NANOSECONDS)
        long time;
    }

    @Name("dev.mooring.LeaseTimedOut")
    @Label("Lease Timed Out")
    @Description("A thread waited for a connection in vain")
    static final class LeaseTimedOut extends MooringEvent {}

    @Name("dev.mooring.ConnectionReclaimed")
    @Label("Connection Reclaimed")
    @Description("A connection was taken back from a thread that had ended")
    static final class ConnectionReclaimed extends MooringEvent {

        @Label("Thread")
        @Nullable
        String owner;
    }

    @Name("dev.mooring.Transaction")
    @Label("Transaction")
    @Description("A transaction ended")
    @Enabled(false)
    @StackTrace(true)
    static final class Transaction extends MooringEvent {

        @Label("Outcome")
        @Description("COMMIT or ROLLBACK")
        @Nullable
        String outcome;

        @Label("Time")
        @Description("From BEGIN on")
        @Timespan(Timespan.NANOSECONDS)
        long time;

        @Label("Failed")
        @Description("Whether ending it failed")
        boolean failed;
    }

    @Name("dev.mooring.Statement")
    @Label("Statement")
    @Description("A statement ended; BEGIN, COMMIT and the like are statements too")
    @Enabled(false)
    @StackTrace(true)
    static final class Statement extends MooringEvent {

        @Label("SQL")
        @Nullable
        String sql;

        @Label("Parameters")
        @Description("Only with the setting logParameters")
        @Nullable
        String parameters;

        @Label("Time")
        @Timespan(Timespan.NANOSECONDS)
        long time;
    }
}
