package dev.mooring.demo.site;

import com.google.common.base.Ticker;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts attempts by key and refuses those above a limit. What was counted for a key is forgotten some time after the first
 * attempt, or sooner if more keys are counted than may be remembered. Thread-safe.
 */
final class AttemptCounter<K> {

    private final int limit;
    private final Duration window;
    private final Ticker ticker;
    private final LoadingCache<K, Attempts> attempts;

    AttemptCounter(int limit, Duration window, int mostKeys, Ticker ticker) {
        this.limit = limit;
        this.window = window;
        this.ticker = ticker;
        attempts = CacheBuilder.newBuilder()
                .maximumSize(mostKeys)
                .expireAfterWrite(window)
                .ticker(ticker)
                .build(CacheLoader.from(() -> new Attempts(ticker.read())));
    }

    /** {@return how long to wait, if there were too many attempts; empty if not} This one is counted. */
    Optional<Duration> begin(K key) {
        Attempts ofKey = attempts.getUnchecked(key);
        if (ofKey.count.incrementAndGet() <= limit) {
            return Optional.empty();
        }
        ofKey.count.decrementAndGet();
        return Optional.of(window.minusNanos(ticker.read() - ofKey.began));
    }

    /** Takes one attempt back. */
    void undo(K key) {
        Attempts ofKey = attempts.getIfPresent(key);
        if (ofKey != null) {
            ofKey.count.decrementAndGet();
        }
    }

    void forget(K key) {
        attempts.invalidate(key);
    }

    long size() {
        attempts.cleanUp();
        return attempts.size();
    }

    /** Changes in place, for a write to the cache would begin the time anew. */
    private static final class Attempts {
        private final long began;
        private final AtomicInteger count = new AtomicInteger();

        Attempts(long began) {
            this.began = began;
        }
    }
}
