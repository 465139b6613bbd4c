package dev.mooring.benchmarks.jmh;

import dev.mooring.benchmarks.rival.Items;
import dev.mooring.benchmarks.rival.Place;
import dev.mooring.benchmarks.rival.Reader;
import dev.mooring.benchmarks.rival.Readers;
import dev.mooring.benchmarks.rival.Rivals;
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

/** One row by its key, from a real database, over at most 8 connections. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SelectBenchmark {

    private static final int CONNECTIONS = 8;

    /** Which database. */
    @Param({"sqlite", "postgres"})
    public String database = "";

    /** Who reads. */
    @Param({Rivals.MOORING, Readers.RAW_REUSED, Readers.RAW_NEW, Rivals.HIKARI, Rivals.AGROAL})
    public String rival = "";

    private Place place;
    private Reader reader;

    /** Makes the table and connects. */
    @Setup
    public void open() throws Exception {
        place = Place.open(database);
        Items.create(place.target());
        reader = Readers.open(rival, place.target(), CONNECTIONS);
    }

    /** Closes everything. */
    @TearDown
    public void close() throws Exception {
        reader.close();
        place.close();
    }

    /** {@return the name that was read} */
    @Benchmark
    public String byKey() throws Exception {
        return reader.read(Items.anyKey());
    }
}
