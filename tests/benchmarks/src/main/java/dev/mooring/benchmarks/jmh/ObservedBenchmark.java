package dev.mooring.benchmarks.jmh;

import dev.mooring.DatabaseListener;
import dev.mooring.Databases;
import dev.mooring.ManagementBeans;
import dev.mooring.benchmarks.rival.Items;
import dev.mooring.benchmarks.rival.Place;
import dev.mooring.micrometer.MooringMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What it costs to be observed: one row by its key, and an empty transaction, on a SQLite file. {@code jfr} is a recording with the
 * events that are on by default, {@code jfr-all} has those of statements and transactions too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ObservedBenchmark {

    private static final int CONNECTIONS = 8;

    /** Who looks on. */
    @Param({"nobody", "listener", "micrometer", "jmx", "jfr", "jfr-all"})
    public String observer = "";

    private Place place;
    private Databases databases;
    private @Nullable Recording recording;

    /** Makes the table, connects and begins to observe. */
    @Setup
    public void open() throws IOException, SQLException {
        place = Place.open("sqlite");
        Items.create(place.target());
        databases = place.target().databases(CONNECTIONS, listeners());
        if (observer.startsWith("jfr")) {
            record(observer.equals("jfr-all"));
        }
    }

    private DatabaseListener[] listeners() {
        return switch (observer) {
            case "listener" -> new DatabaseListener[] {new DatabaseListener() {}};
            case "micrometer" -> new DatabaseListener[] {MooringMetrics.of(new SimpleMeterRegistry())};
            case "jmx" -> new DatabaseListener[] {ManagementBeans.of("benchmark")};
            default -> new DatabaseListener[0];
        };
    }

    private void record(boolean all) {
        Recording started = new Recording();
        if (all) {
            started.enable("dev.mooring.Statement");
            started.enable("dev.mooring.Transaction");
        }
        started.setMaxSize(50_000_000);
        started.start();
        recording = started;
    }

    /** Closes everything. */
    @TearDown
    public void close() throws IOException {
        if (recording != null) {
            recording.close();
        }
        databases.close();
        place.close();
    }

    /** {@return the name that was read} */
    @Benchmark
    public String byKey() {
        return databases
                .query("SELECT name FROM item WHERE id = %s", Items.anyKey())
                .get(0)
                .getString("name");
    }

    /** Reads nothing and writes nothing. */
    @Benchmark
    public void emptyAtomic() {
        databases.atomic(() -> {});
    }
}
