package dev.mooring;

import dev.mooring.pool.Clock;
import dev.mooring.pool.Housekeeper;
import dev.mooring.pool.WaitGraph;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What all databases of a {@link Databases} share.
 *
 * @param clock the time
 * @param housekeeper maintains the pools
 * @param waits which thread waits for what, to find deadlocks
 * @param threads supplies the calling thread's wrappers
 * @param sleeper sleeps between two attempts of a transaction
 * @param listeners the listeners of all databases
 * @param observability what observes statements
 */
record RegistryContext(
        Clock clock,
        Housekeeper housekeeper,
        WaitGraph waits,
        Supplier<ThreadWrappers> threads,
        Consumer<Duration> sleeper,
        List<DatabaseListener> listeners,
        Observability observability) {}
