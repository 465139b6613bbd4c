package dev.mooring;

import com.google.common.collect.MapMaker;
import dev.mooring.pool.WriteLock;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The turns of all databases of this process that take one writer at a time: whoever writes to the same file shares one,
 * whichever {@link Databases} it uses. One is kept for as long as somebody uses it. Any thread.
 */
final class WriteTurns {

    private static final ConcurrentMap<Object, WriteLock> TURNS =
            new MapMaker().weakValues().makeMap();

    private WriteTurns() {}

    static WriteLock of(Object shared) {
        return of(shared, WriteLock::new);
    }

    /** {@return the turn for {@code shared}, made by {@code maker} if nobody uses one yet} */
    static WriteLock of(Object shared, Supplier<WriteLock> maker) {
        return TURNS.computeIfAbsent(shared, key -> maker.get());
    }
}
