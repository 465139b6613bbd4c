package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import java.time.Duration;

/** The two ways to look after connections that the matrix compares. */
enum Style {
    /** A connection belongs to the thread that opened it, for ever, and nobody takes it back from a dead one. */
    DJANGO("Django as it is"),
    /** What is in force if nothing is set. */
    MOORING("Mooring's defaults");

    static final int CAP = 10;
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private final String label;

    Style(String label) {
        this.label = label;
    }

    DatabaseSettings applyTo(DatabaseSettings settings) {
        return switch (this) {
            case DJANGO ->
                settings.toBuilder()
                        .leaseScope(LeaseScope.THREAD)
                        .connMaxAgeUnlimited()
                        .maxConnectionsUnlimited()
                        .acquireTimeout(ScenarioOptions.NO_PATIENCE)
                        .reclaim(false)
                        .build();
            case MOORING ->
                settings.toBuilder()
                        .leaseScope(LeaseScope.OPERATION)
                        .connMaxAge(MAX_AGE)
                        .maxConnections(CAP)
                        .reclaim(true)
                        .build();
        };
    }

    @Override
    public String toString() {
        return label;
    }
}
