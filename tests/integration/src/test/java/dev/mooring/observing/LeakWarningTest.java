package dev.mooring.observing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The setting {@code leakWarningAfter}, HikariCP's leak detection. The housekeeper looks once a second. */
@Timeout(60)
class LeakWarningTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "A lease that lasts too long is warned of once, with its thread, its last statement and where it was taken")
    void warnsOnceOfEachLease() {
        try (SeenLog log = new SeenLog("dev.mooring.pool", Level.WARN);
                Databases databases = Databases.of(settings("default", LeaseScope.OPERATION))) {
            holdUntilWarnings(databases, log, 1);
            holdUntilWarnings(databases, log, 2);

            assertThat(log.events())
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.getFormattedMessage())
                            .startsWith(
                                    "A connection to database 'default' has been leased for longer than leakWarningAfter: thread '"
                                            + Thread.currentThread().getName() + "' (runnable), for ")
                            .contains(" ms, last statement: SELECT 1, taken\n    at ")
                            .contains(getClass().getName()));
        }
    }

    /** The lease of another database, which is warned of, shows that the housekeeper has looked. */
    @Test
    @DisplayName("A lease of scope THREAD, which is meant to last, is not warned of")
    void doesNotWarnOfThreads() {
        try (SeenLog log = new SeenLog("dev.mooring.pool", Level.WARN);
                Databases databases =
                        Databases.of(settings("default", LeaseScope.THREAD), settings("other", LeaseScope.OPERATION))) {
            databases.query("SELECT 1");
            try (Lease lease = databases.get("other").hold()) {
                awaitWarnings(log, 1);
            }

            assertThat(log.events())
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .allMatch(told -> told.contains("'other'"));
        }
    }

    private static void holdUntilWarnings(Databases databases, SeenLog log, int count) {
        try (Lease lease = databases.get().hold()) {
            databases.query("SELECT 1");
            awaitWarnings(log, count);
        }
    }

    private static void awaitWarnings(SeenLog log, int count) {
        while (log.events().size() < count) {
            Thread.onSpinWait();
        }
    }

    private DatabaseSettings settings(String alias, LeaseScope scope) {
        return DatabaseSettings.builder(alias)
                .engine("sqlite3")
                .name(folder.resolve(alias + ".sqlite3").toString())
                .leaseScope(scope)
                .leakWarningAfter(Duration.ofMillis(1))
                .traceLeases(true)
                .build();
    }
}
