package dev.mooring.benchmarks.load;

import java.time.Duration;
import java.util.Map;

/** Something that is measured once in a JVM of its own. */
interface Load {

    /** {@return what was measured of {@code rival}, by the names in {@link Figures}} Takes about as long as {@code time}. */
    Map<String, Double> run(String rival, Duration time) throws Exception;
}
