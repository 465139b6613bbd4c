package dev.mooring.benchmarks.compare;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param name what this pace is called
 * @param rounds how often ours and the peers take turns
 * @param warmUps JMH's warm-up iterations
 * @param iterations JMH's measured iterations
 * @param iteration how long each of both takes
 * @param load how long a load runs after its own warm-up
 * @param patience when a load that does not end is given up
 */
record Pace(
        String name, int rounds, int warmUps, int iterations, Duration iteration, Duration load, Duration patience) {

    static final Pace FULL =
            new Pace("full", 5, 3, 5, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(20));

    static final Pace QUICK =
            new Pace("quick", 2, 4, 3, Duration.ofMillis(300), Duration.ofMillis(1500), Duration.ofSeconds(8));

    /** Proves that everything runs; its figures mean nothing. */
    static final Pace SMOKE =
            new Pace("smoke", 1, 1, 1, Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(3));

    Pace withRounds(int count) {
        return new Pace(name, count, warmUps, iterations, iteration, load, patience);
    }
}
