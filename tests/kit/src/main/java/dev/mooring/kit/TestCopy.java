package dev.mooring.kit;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The databases of one test at a time. Handed from thread to thread. */
final class TestCopy {

    private final int number;
    private final Map<String, DatabaseSettings> settings = new LinkedHashMap<>();
    private @Nullable Databases databases;

    TestCopy(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    void add(String alias, DatabaseSettings created) {
        settings.put(alias, created);
    }

    Databases open(TestPlan plan) {
        databases = plan.open(settings);
        return databases;
    }

    Databases databases() {
        if (databases == null) {
            throw new IllegalStateException("Copy " + number + " was not opened");
        }
        return databases;
    }

    /** Closes its connections, by force if somebody has one still, and drops its databases. */
    void drop(Map<String, Original> originals) {
        Failures failures = new Failures();
        Databases open = databases;
        if (open != null) {
            failures.run(() -> open.close(Duration.ZERO));
        }
        settings.forEach((alias, created) -> {
            Original original = originals.get(alias);
            if (original != null) {
                failures.run(() -> original.creation().drop(created));
            }
        });
        failures.throwIfAny();
    }
}
