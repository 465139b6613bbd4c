package dev.mooring.wrapper;

import dev.mooring.pool.Clock;
import dev.mooring.pool.Housekeeper;
import dev.mooring.pool.WaitGraph;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What all databases of a {@code Databases} share.
 *
 * @param clock the time
 * @param housekeeper maintains the pools
 * @param waits which thread waits for what, to find deadlocks
 * @param sleeper sleeps between two attempts of a transaction
 * @param redactor hides parameter values that must not be logged
 */
public record RegistryContext(
        Clock clock, Housekeeper housekeeper, WaitGraph waits, Consumer<Duration> sleeper, Redactor redactor) {}
