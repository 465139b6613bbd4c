package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import java.time.Duration;
import java.util.Locale;

/** The ways to look after connections that the live page compares. */
enum Handling {
    NAIVE("A connection for each thread"),
    UNRECLAIMED("Mooring without reclaim"),
    MOORING("Mooring");

    /** The page's visitor need not wait for the default half minute to see that a pool is exhausted. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A new connection for each request takes its time on a busy machine, which is not to be taken for a full server. */
    private static final Duration PATIENCE_TO_OPEN = Duration.ofSeconds(4);

    private final String label;

    Handling(String label) {
        this.label = label;
    }

    /** {@return the settings of a run} */
    DatabaseSettings applyTo(DatabaseSettings settings, LeaseScope scope) {
        if (this == NAIVE) {
            return Style.DJANGO.applyTo(settings).toBuilder()
                    .acquireTimeout(PATIENCE_TO_OPEN)
                    .build();
        }
        return Style.MOORING.applyTo(settings).toBuilder()
                .leaseScope(scope)
                .acquireTimeout(PATIENCE)
                .reclaim(this == MOORING)
                .build();
    }

    /** The name in the page's form. */
    String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For a reader. */
    @Override
    public String toString() {
        return label;
    }
}
