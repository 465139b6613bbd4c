package dev.mooring.benchmarks.compare;

import java.util.Map;

/** A way to measure one rival once, in a JVM that nobody else has warmed or polluted. */
@FunctionalInterface
interface Measurement {

    /** {@return what was measured, by name} */
    Map<String, Double> measure(String rival, Pace pace) throws Exception;
}
