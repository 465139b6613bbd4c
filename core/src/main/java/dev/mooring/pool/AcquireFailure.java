package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Builds the errors of failed waits for a connection: who holds the connections, and what the server answered. */
final class AcquireFailure {

    private static final int MOST_HOLDERS = 24;

    private final DatabaseSettings settings;
    private final LeaseHolders holders;

    AcquireFailure(DatabaseSettings settings, LeaseHolders holders) {
        this.settings = settings;
        this.holders = holders;
    }

    /** {@return the error of a wait that timed out} */
    DatabaseException timedOut(Opener.@Nullable OpenFailure failure) {
        String within = "No connection to database '%s' came free within %d ms (acquireTimeout)"
                .formatted(settings.alias(), settings.acquireTimeout().toMillis());
        if (failure == null) {
            return ErrorKind.LEASE_TIMEOUT.exception(within + ": all " + cap() + " are in use. "
                    + "Release them sooner, or raise maxConnections. Held by:" + heldBy());
        }
        return ErrorKind.LEASE_TIMEOUT.exception(
                "%s, and the server accepted no new one in %d attempts, the last error being: %s. The open connections are held by:%s"
                        .formatted(within, failure.attempts(), failure.error().getMessage(), heldBy()),
                failure.error());
    }

    /** {@return the error of a wait that is part of a deadlock} */
    DatabaseException endless() {
        return ErrorKind.LEASE_TIMEOUT.exception(
                ("Waiting for a connection to database '%s' could never end: all %s are held by threads that wait for one "
                                + "themselves. Take connections in the same order everywhere, or raise maxConnections. "
                                + "Held by:%s")
                        .formatted(settings.alias(), cap(), heldBy()));
    }

    private String cap() {
        return settings.maxConnections().isPresent()
                ? settings.maxConnections().getAsInt() + " (maxConnections)"
                : "connections";
    }

    private String heldBy() {
        List<String> all = holders.describe();
        StringJoiner lines = new StringJoiner("\n  ", "\n  ", "").setEmptyValue(" nobody");
        all.stream().limit(MOST_HOLDERS).forEach(lines::add);
        if (all.size() > MOST_HOLDERS) {
            lines.add("and " + (all.size() - MOST_HOLDERS) + " more");
        }
        return lines.toString();
    }
}
