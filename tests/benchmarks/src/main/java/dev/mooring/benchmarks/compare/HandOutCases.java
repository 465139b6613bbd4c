package dev.mooring.benchmarks.compare;

import static dev.mooring.benchmarks.rival.Rivals.AGROAL;
import static dev.mooring.benchmarks.rival.Rivals.AGROAL_FULL;
import static dev.mooring.benchmarks.rival.Rivals.FLOOR;
import static dev.mooring.benchmarks.rival.Rivals.HIKARI;
import static dev.mooring.benchmarks.rival.Rivals.MOORING;
import static dev.mooring.benchmarks.rival.Rivals.MOORING_POOL;
import static dev.mooring.benchmarks.rival.Rivals.VIBUR;

import dev.mooring.benchmarks.compare.Case.Need;
import dev.mooring.benchmarks.jmh.HeldBenchmark;
import dev.mooring.benchmarks.jmh.LeaseBenchmark;
import dev.mooring.benchmarks.load.Figures;
import dev.mooring.benchmarks.load.Loads;
import java.util.List;
import java.util.Map;

/** The cases that measure pools alone, on the stub driver. */
final class HandOutCases {

    private static final Figure OPS_A_MICROSECOND = Figure.more(JmhMeasurement.SCORE, "ops/us");
    private static final Figure NANOSECONDS = Figure.less(JmhMeasurement.SCORE, "ns");
    private static final Figure RATE = Figure.more(Figures.RATE, "/s");
    private static final Figure MOST_TO_LEAST = Figure.less(Figures.MOST_TO_LEAST, "");
    private static final Figure P99_TO_IDEAL = Figure.less(Figures.P99_TO_IDEAL, "");
    private static final Figure HOLDS_P99_TO_IDEAL = Figure.less(Figures.HOLDS_P99_TO_IDEAL, "");
    private static final Figure MAX_TO_IDEAL = Figure.less(Figures.MAX_TO_IDEAL, "");
    private static final Figure FAILED = Figure.less(Figures.FAILED, "");
    private static final Figure SECONDS = Figure.less(Figures.SECONDS, "s");

    private final Jvm jvm;

    HandOutCases(Jvm jvm) {
        this.jvm = jvm;
    }

    List<Case> all() {
        return List.of(
                lease(),
                held("held", "wrapper", "ensureConnection when leased, wrapper at hand", 3),
                held("held-looked-up", "lookedUp", "ensureConnection when leased, through databases.get()", 0),
                leaseContended(),
                fairness(Loads.FAIRNESS_VIRTUAL, "256 virtual threads on 8 connections, 1 ms hold", true, 1.1, 1.15),
                fairness(Loads.FAIRNESS_PLATFORM, "32 threads on 8 connections, 1 ms hold", false, 1.05, 1.25),
                crowd());
    }

    private Case lease() {
        return new Case(
                "lease",
                "lease and return, 1 thread, stub driver",
                Need.NOTHING,
                JmhMeasurement.ofRivals(LeaseBenchmark.class, "cycle", 1, Map.of(), jvm),
                List.of(MOORING_POOL, MOORING, HIKARI, AGROAL, AGROAL_FULL, FLOOR),
                List.of(
                        Goal.advantage(OPS_A_MICROSECOND, MOORING_POOL, 0.5, FLOOR),
                        Goal.advantage(OPS_A_MICROSECOND, MOORING_POOL, 5, HIKARI),
                        Goal.reported(OPS_A_MICROSECOND, MOORING_POOL, HIKARI, AGROAL, AGROAL_FULL),
                        Goal.reported(OPS_A_MICROSECOND, MOORING, HIKARI, AGROAL, AGROAL_FULL)));
    }

    private Case held(String name, String method, String what, double limit) {
        Goal goal = limit > 0 ? Goal.limit(NANOSECONDS, MOORING, limit) : Goal.reported(NANOSECONDS, MOORING);
        Measurement measurement = JmhMeasurement.ofOurs(HeldBenchmark.class, method, jvm);
        return new Case(name, what, Need.NOTHING, measurement, List.of(MOORING), List.of(goal));
    }

    private Case leaseContended() {
        return new Case(
                "lease-32",
                "lease and return, 32 threads on 8 connections, stub driver",
                Need.NOTHING,
                JmhMeasurement.ofRivals(LeaseBenchmark.class, "cycle", 32, Map.of(), jvm),
                List.of(MOORING_POOL, MOORING, HIKARI, AGROAL, AGROAL_FULL),
                List.of(
                        Goal.advantage(OPS_A_MICROSECOND, MOORING_POOL, 1, HIKARI, AGROAL, AGROAL_FULL),
                        Goal.reported(OPS_A_MICROSECOND, MOORING, HIKARI, AGROAL, AGROAL_FULL)));
    }

    private Case fairness(String load, String what, boolean virtual, double mostToLeast, double p99) {
        String[] peers = {HIKARI, AGROAL, VIBUR};
        Goal longest =
                virtual ? Goal.reported(MAX_TO_IDEAL, MOORING, peers) : Goal.limit(MAX_TO_IDEAL, MOORING, 4, peers);
        Goal rate = virtual ? Goal.advantage(RATE, MOORING, 1, peers) : Goal.reported(RATE, MOORING, peers);
        return new Case(
                load,
                what,
                virtual ? Need.VIRTUAL_THREADS : Need.NOTHING,
                new LoadMeasurement(load, false, jvm),
                List.of(MOORING, HIKARI, AGROAL, VIBUR),
                List.of(
                        Goal.limit(MOST_TO_LEAST, MOORING, mostToLeast, peers),
                        Goal.limit(P99_TO_IDEAL, MOORING, p99, peers),
                        Goal.reported(HOLDS_P99_TO_IDEAL, MOORING, peers),
                        longest,
                        rate,
                        Goal.limit(FAILED, MOORING, 0, peers)));
    }

    private Case crowd() {
        return new Case(
                Loads.CROWD,
                "100,000 virtual threads at once on 10 connections",
                Need.VIRTUAL_THREADS,
                new LoadMeasurement(Loads.CROWD, false, jvm),
                List.of(MOORING, HIKARI),
                List.of(
                        Goal.limit(FAILED, MOORING, 0, HIKARI),
                        Goal.limit(Figure.less(Figures.LEASED, ""), MOORING, 0, HIKARI),
                        Goal.limit(Figure.less(Figures.HEAP_LEFT, "B"), MOORING, 16, HIKARI),
                        Goal.reported(Figure.less(Figures.HEAP_WAITING, "B"), MOORING, HIKARI),
                        Goal.reported(Figure.less(Figures.HEAP_PARKED, "B"), MOORING),
                        Goal.reported(SECONDS, MOORING, HIKARI)));
    }
}
