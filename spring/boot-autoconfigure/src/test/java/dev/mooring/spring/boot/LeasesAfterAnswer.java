package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Database;
import java.time.Duration;

/** The client of a request may have its answer before the unit of work of the request ends, and with it the leases. */
final class LeasesAfterAnswer {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LeasesAfterAnswer() {}

    /** Waits until no connection of {@code database} is leased, and fails if that does not come. */
    static void awaitNone(Database database) {
        long start = System.nanoTime();
        while (database.counts().leased() > 0 && System.nanoTime() - start < PATIENCE.toNanos()) {
            Thread.onSpinWait();
        }
        assertThat(database.counts().leased()).isZero();
    }
}
