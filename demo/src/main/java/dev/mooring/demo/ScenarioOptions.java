package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.LeaseScope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be varied in the experiment; null where the database's own settings hold. */
final class ScenarioOptions {

    @Option(
            names = "--threads",
            paramLabel = "per-request|pool|virtual",
            description = "Which thread a request runs on. Default: per-request.")
    private @Nullable ThreadModel threads;

    @Option(
            names = "--max-age",
            paramLabel = "0|SECONDS|unlimited",
            converter = Limit.Converter.class,
            description = "How old a connection may grow: Django's CONN_MAX_AGE. Default: 600.")
    private @Nullable Limit maxAge;

    @Option(
            names = "--lease-scope",
            paramLabel = "operation|request|thread",
            description = "How long a thread keeps a connection. Default: operation. Django as it is: thread.")
    private @Nullable LeaseScope leaseScope;

    @Option(
            names = "--max-connections",
            paramLabel = "N|unlimited",
            converter = Limit.Converter.class,
            description = "The most connections open at once. Default: 10.")
    private @Nullable Limit maxConnections;

    @Option(
            names = "--no-reclaim",
            description = "Do not take back what a dead thread holds, so that a leak is seen in full.")
    private boolean noReclaim;

    /** Without a cap of its own, the layer would wait for a server that is full: the leak would show, but late. */
    static final Duration NO_PATIENCE = Duration.ofMillis(500);

    /** {@return whether one run was described; the matrix otherwise} */
    boolean describeOneRun() {
        return threads != null || maxAge != null || leaseScope != null || maxConnections != null || noReclaim;
    }

    ThreadModel threads() {
        return threads == null ? ThreadModel.PER_REQUEST : threads;
    }

    DatabaseSettings applyTo(DatabaseSettings settings) {
        DatabaseSettingsBuilder changed = settings.toBuilder();
        if (maxAge != null) {
            setMaxAge(changed, maxAge);
        }
        if (leaseScope != null) {
            changed.leaseScope(leaseScope);
        }
        if (maxConnections != null) {
            setMaxConnections(changed, maxConnections);
        }
        if (noReclaim) {
            changed.reclaim(false);
        }
        return changed.build();
    }

    private static void setMaxAge(DatabaseSettingsBuilder settings, Limit limit) {
        if (limit.value() == null) {
            settings.connMaxAgeUnlimited();
        } else {
            settings.connMaxAge(Duration.ofSeconds(limit.value()));
        }
    }

    private static void setMaxConnections(DatabaseSettingsBuilder settings, Limit limit) {
        if (limit.value() == null) {
            settings.maxConnectionsUnlimited().acquireTimeout(NO_PATIENCE);
        } else {
            settings.maxConnections(limit.value());
        }
    }
}
