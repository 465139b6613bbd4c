package dev.mooring;

import com.google.common.collect.MapMaker;
import dev.mooring.pool.TurnLock;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The turns of all databases of this process that take one writer at a time: whoever writes to the same file shares one,
 * whichever {@link Databases} it uses. One is kept for as long as somebody uses it. Any thread.
 */
final class WriteTurns {

    private static final ConcurrentMap<Object, TurnLock> TURNS =
            new MapMaker().weakValues().makeMap();

    private WriteTurns() {}

    static TurnLock of(Object shared) {
        return of(shared, TurnLock::new);
    }

    /** {@return the turn for {@code shared}, made by {@code maker} if nobody uses one yet} */
    static TurnLock of(Object shared, Supplier<TurnLock> maker) {
        return TURNS.computeIfAbsent(shared, key -> maker.get());
    }
}
