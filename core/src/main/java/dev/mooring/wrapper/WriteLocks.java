package dev.mooring.wrapper;

import com.google.common.collect.MapMaker;
import dev.mooring.pool.WriteLock;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The write locks of this process, for databases that take one writer at a time. All writers of a file share one lock, whichever
 * {@code Databases} they use. A lock is kept as long as a database refers to it. Thread-safe.
 */
public final class WriteLocks {

    private static final ConcurrentMap<Object, WriteLock> LOCKS =
            new MapMaker().weakValues().makeMap();

    private WriteLocks() {}

    static WriteLock of(Object key) {
        return of(key, WriteLock::new);
    }

    /** {@return the write lock for {@code key}, made by {@code maker} if there is none yet} */
    public static WriteLock of(Object key, Supplier<WriteLock> maker) {
        return LOCKS.computeIfAbsent(key, unused -> maker.get());
    }
}
