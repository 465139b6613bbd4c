package dev.mooring.benchmarks.jmh;

import dev.mooring.benchmarks.rival.Items;
import dev.mooring.benchmarks.rival.Place;
import dev.mooring.benchmarks.rival.Rivals;
import dev.mooring.benchmarks.rival.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a library does through a {@code DataSource}: Mooring's view beside HikariCP. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DataSourceBenchmark {

    private static final int ROWS = 1_000;

    /** Which database. */
    @Param({"sqlite", "postgres"})
    public String database = "";

    /** Whose {@code DataSource}. */
    @Param({Rivals.MOORING, Rivals.HIKARI})
    public String rival = "";

    private Place place;
    private Source source;

    /** Makes the table and connects. */
    @Setup
    public void open() throws Exception {
        place = Place.open(database);
        Items.create(place.target());
        source = Source.open(rival, place.target(), 2);
    }

    /** Closes everything. */
    @TearDown
    public void close() throws Exception {
        source.close();
        place.close();
    }

    /** {@return the name that was read} A connection, a statement and one row. */
    @Benchmark
    public String statement() throws SQLException {
        try (Connection connection = source.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
            statement.setInt(1, Items.anyKey());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    /** {@return a sum of what was read} The time is that of one row of two columns. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int row() throws SQLException {
        int sum = 0;
        try (Connection connection = source.dataSource().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT id, name FROM item WHERE id <= " + ROWS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                sum += rows.getInt(1) + rows.getString(2).length();
            }
        }
        return sum;
    }
}
