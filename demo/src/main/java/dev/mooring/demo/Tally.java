package dev.mooring.demo;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts what became of the requests so far. Thread-safe. */
final class Tally {

    private final AtomicInteger ok = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();

    void countOk() {
        ok.incrementAndGet();
    }

    void countFailure(String failure) {
        firstFailure.compareAndSet(null, failure);
        failed.incrementAndGet();
    }

    int ok() {
        return ok.get();
    }

    int failed() {
        return failed.get();
    }

    @Nullable
    String firstFailure() {
        return firstFailure.get();
    }
}
