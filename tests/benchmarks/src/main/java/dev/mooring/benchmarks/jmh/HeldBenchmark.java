package dev.mooring.benchmarks.jmh;

import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.benchmarks.rival.Target;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** {@code ensureConnection()} while the connection is leased already: what it costs to ask. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeldBenchmark {

    private Databases databases;
    private DatabaseWrapper wrapper;
    private Lease lease;

    /** Takes the lease. */
    @Setup
    public void open() {
        databases = Target.stub().databases(8);
        wrapper = databases.get();
        lease = wrapper.hold();
    }

    /** Gives it back. */
    @TearDown
    public void close() {
        lease.close();
        databases.close();
    }

    /** With the wrapper in a local variable, as it is meant to be used. */
    @Benchmark
    public DatabaseWrapper wrapper() {
        wrapper.ensureConnection();
        return wrapper;
    }

    /** The thread's wrapper looked up each time. */
    @Benchmark
    public DatabaseWrapper lookedUp() {
        DatabaseWrapper mine = databases.get();
        mine.ensureConnection();
        return mine;
    }
}
