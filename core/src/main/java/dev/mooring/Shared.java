package dev.mooring;

import dev.mooring.pool.Clock;
import dev.mooring.pool.Housekeeper;
import dev.mooring.pool.WaitGraph;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What all databases of a {@link Databases} have in common.
 *
 * @param clock the time
 * @param housekeeper who tidies up
 * @param waits who waits for what
 * @param threads gives the calling thread's wrappers
 * @param sleeper waits, between two tries of a transaction
 * @param listeners who is told
 * @param instruments what looks at statements
 */
record Shared(
        Clock clock,
        Housekeeper housekeeper,
        WaitGraph waits,
        Supplier<ThreadWrappers> threads,
        Consumer<Duration> sleeper,
        List<DatabaseListener> listeners,
        Instruments instruments) {}
