package dev.mooring.benchmarks.jmh;

import dev.mooring.benchmarks.rival.Rival;
import dev.mooring.benchmarks.rival.Rivals;
import dev.mooring.benchmarks.rival.Target;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Lease and return, nothing in between, on 8 connections to the stub. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LeaseBenchmark {

    private static final int CONNECTIONS = 8;

    /** Who hands out. */
    @Param({
        Rivals.MOORING_POOL,
        Rivals.MOORING,
        Rivals.HIKARI,
        Rivals.AGROAL,
        Rivals.AGROAL_FULL,
        Rivals.VIBUR,
        Rivals.FLOOR
    })
    public String rival = "";

    private Rival pool;

    /** Fills the pool. */
    @Setup
    public void open() throws Exception {
        pool = Rivals.open(rival, Target.stub(), CONNECTIONS);
    }

    /** Empties it. */
    @TearDown
    public void close() {
        pool.close();
    }

    /** {@return what was leased} */
    @Benchmark
    public Object cycle() throws Exception {
        return pool.cycle();
    }
}
