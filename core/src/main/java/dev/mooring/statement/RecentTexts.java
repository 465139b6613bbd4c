package dev.mooring.statement;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How texts of SQL read, for those that were used recently; bounded in bytes. Thread-safe; nobody waits for a lock.
 *
 * <p>There are two generations. What is found is in the young one, a plain look-up that writes nothing; what is found in the
 * old one is moved to the young one. When the young one is full it becomes the old one, and what was in the old one and not
 * used since is forgotten: an approximation of least recently used that keeps no order.
 */
final class RecentTexts {

    /** What an entry takes besides its two texts: map node, record, lists. */
    private static final int OVERHEAD_BYTES = 200;

    private static final int MAX_SHARE = 16;

    private final long maxBytes;
    private final ReentrantLock turning = new ReentrantLock();
    private volatile Generations generations = new Generations(new Generation());

    RecentTexts(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** {@return how {@code sql} reads; null if it is not known} */
    @Nullable
    SqlText get(String sql) {
        Generations now = generations;
        SqlText text = now.young.texts.get(sql);
        if (text == null) {
            text = now.old.texts.get(sql);
            if (text != null) {
                put(sql, text);
            }
        }
        return text;
    }

    /** Remembers how {@code sql} reads, unless it is so long that few others would have room beside it. */
    void put(String sql, SqlText text) {
        long size = OVERHEAD_BYTES + 2L * (sql.length() + text.sql().length());
        if (size > maxBytes / MAX_SHARE) {
            return;
        }
        Generations now = generations;
        if (now.young.texts.putIfAbsent(sql, text) == null && now.young.bytes.addAndGet(size) > maxBytes / 2) {
            turn(now);
        }
    }

    /** Whoever comes second need not wait for it. */
    private void turn(Generations full) {
        if (turning.tryLock()) {
            try {
                if (generations == full) {
                    generations = new Generations(full.young);
                }
            } finally {
                turning.unlock();
            }
        }
    }

    /** {@return the bytes that the texts take, estimated} */
    long bytes() {
        Generations now = generations;
        return now.young.bytes.get() + now.old.bytes.get();
    }

    private static final class Generation {
        private final ConcurrentHashMap<String, SqlText> texts = new ConcurrentHashMap<>();
        private final AtomicLong bytes = new AtomicLong();
    }

    private static final class Generations {
        private final Generation young = new Generation();
        private final Generation old;

        private Generations(Generation old) {
            this.old = old;
        }
    }
}
