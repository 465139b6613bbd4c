package dev.mooring.benchmarks.compare;

import static dev.mooring.benchmarks.rival.Readers.RAW_NEW;
import static dev.mooring.benchmarks.rival.Readers.RAW_REUSED;
import static dev.mooring.benchmarks.rival.Rivals.AGROAL;
import static dev.mooring.benchmarks.rival.Rivals.HIKARI;
import static dev.mooring.benchmarks.rival.Rivals.MOORING;

import dev.mooring.benchmarks.compare.Case.Need;
import dev.mooring.benchmarks.jmh.DataSourceBenchmark;
import dev.mooring.benchmarks.jmh.SelectBenchmark;
import dev.mooring.benchmarks.load.Figures;
import dev.mooring.benchmarks.load.Loads;
import java.util.List;
import java.util.Map;

/** The cases on SQLite and PostgreSQL. */
final class DatabaseCases {

    private static final Figure OPS_A_MILLISECOND = Figure.more(JmhMeasurement.SCORE, "ops/ms");
    private static final Figure NANOSECONDS = Figure.less(JmhMeasurement.SCORE, "ns");
    private static final Figure RATE = Figure.more(Figures.RATE, "/s");
    private static final Figure MOST_TO_LEAST = Figure.less(Figures.MOST_TO_LEAST, "");
    private static final Figure P999 = Figure.less(Figures.P999, "ms");
    private static final Figure FAILED = Figure.less(Figures.FAILED, "");
    private static final Figure LOG_SIZE = Figure.less(Figures.LOG_SIZE, "MB");
    private static final Figure BUSY = Figure.less(Figures.BUSY, "");
    private static final Figure SECONDS = Figure.less(Figures.SECONDS, "s");

    private final Jvm jvm;

    DatabaseCases(Jvm jvm) {
        this.jvm = jvm;
    }

    List<Case> all() {
        return List.of(
                succession(Loads.SUCCESSION_SQLITE, "2,000 threads, one SELECT each, SQLite", Need.NOTHING),
                succession(Loads.SUCCESSION_POSTGRES, "2,000 threads, one SELECT each, PostgreSQL", Need.POSTGRES),
                selectSqlite(1),
                selectSqlite(8),
                selectPostgres(1),
                selectPostgres(8),
                dataSource("row", "sqlite", Need.NOTHING),
                dataSource("row", "postgres", Need.POSTGRES),
                dataSource("statement", "sqlite", Need.NOTHING),
                dataSource("statement", "postgres", Need.POSTGRES),
                roundTrips(),
                writers(),
                writersEmpty(Loads.WRITERS_EMPTY, "8 SQLite writers, nothing inside, NORMAL"),
                writersEmpty(
                        Loads.WRITERS_EMPTY_UNCHECKED, "the same without checkpoints, which the write lock waits for"),
                writersFull(),
                writersVirtual());
    }

    private Case succession(String load, String what, Need need) {
        return new Case(
                load,
                what,
                need,
                load(load),
                List.of(MOORING, HIKARI),
                List.of(
                        Goal.advantage(RATE, MOORING, 1, HIKARI),
                        Goal.advantage(Figure.more(Figures.COLD_RATE, "/s"), MOORING, 0.9, HIKARI),
                        Goal.limit(FAILED, MOORING, 0, HIKARI),
                        Goal.limit(Figure.less(Figures.DESCRIPTORS, ""), MOORING, 4, HIKARI),
                        Goal.limit(Figure.less(Figures.SESSIONS, ""), MOORING, 10, HIKARI)));
    }

    private Case selectSqlite(int threads) {
        return select(
                "sqlite",
                threads,
                Need.NOTHING,
                List.of(
                        Goal.advantage(OPS_A_MILLISECOND, MOORING, 0.85, RAW_REUSED),
                        Goal.advantage(OPS_A_MILLISECOND, MOORING, 1.7, HIKARI, AGROAL)));
    }

    private Case selectPostgres(int threads) {
        Goal besidePools = threads == 1
                ? Goal.reported(OPS_A_MILLISECOND, MOORING, HIKARI, AGROAL)
                : Goal.advantage(OPS_A_MILLISECOND, MOORING, 1, AGROAL);
        return select(
                "postgres",
                threads,
                Need.POSTGRES,
                List.of(Goal.withinNoise(OPS_A_MILLISECOND, MOORING, RAW_NEW), besidePools));
    }

    /** What a library does through a {@code DataSource}: at most 1.1 times the time that it takes through HikariCP's. */
    private Case dataSource(String method, String database, Need need) {
        return new Case(
                "data-source-" + method + "-" + database,
                "a %s read through the DataSource, %s".formatted(method, database),
                need,
                JmhMeasurement.ofRivals(DataSourceBenchmark.class, method, 1, Map.of("database", database), jvm),
                List.of(MOORING, HIKARI),
                List.of(Goal.advantage(NANOSECONDS, MOORING, 1 / 1.1, HIKARI)));
    }

    private Case select(String database, int threads, Need need, List<Goal> goals) {
        return new Case(
                "select-" + database + "-" + threads,
                "SELECT by key, threads: " + threads + ", " + database,
                need,
                JmhMeasurement.ofRivals(SelectBenchmark.class, "byKey", threads, Map.of("database", database), jvm),
                List.of(MOORING, RAW_REUSED, RAW_NEW, HIKARI, AGROAL),
                goals);
    }

    private Case roundTrips() {
        return new Case(
                Loads.ROUND_TRIPS,
                "round trips of a SELECT by key, PostgreSQL",
                Need.POSTGRES,
                load(Loads.ROUND_TRIPS),
                List.of(MOORING, RAW_NEW, HIKARI),
                List.of(Goal.advantage(Figure.less(Figures.ROUND_TRIPS, ""), MOORING, 1, RAW_NEW)));
    }

    private Case writers() {
        return writers(
                Loads.WRITERS,
                "8 SQLite writers, 1 ms inside, NORMAL",
                List.of(
                        Goal.advantage(RATE, MOORING, 1, HIKARI),
                        Goal.limit(P999, MOORING, 20, HIKARI),
                        Goal.limit(MOST_TO_LEAST, MOORING, 1.1, HIKARI),
                        Goal.limit(BUSY, MOORING, 0, HIKARI),
                        Goal.limit(FAILED, MOORING, 0, HIKARI)));
    }

    private Case writersEmpty(String load, String what) {
        return writers(
                load,
                what,
                List.of(
                        Goal.advantage(RATE, MOORING, 0.9, HIKARI),
                        Goal.reported(P999, MOORING, HIKARI),
                        Goal.reported(MOST_TO_LEAST, MOORING, HIKARI),
                        Goal.reported(LOG_SIZE, MOORING, HIKARI),
                        Goal.limit(FAILED, MOORING, 0, HIKARI)));
    }

    private Case writersFull() {
        return writers(
                Loads.WRITERS_FULL,
                "8 SQLite writers, 1 ms inside, FULL",
                List.of(
                        Goal.reported(RATE, MOORING, HIKARI),
                        Goal.reported(P999, MOORING, HIKARI),
                        Goal.reported(MOST_TO_LEAST, MOORING, HIKARI),
                        Goal.limit(FAILED, MOORING, 0, HIKARI)));
    }

    private Case writers(String load, String what, List<Goal> goals) {
        return new Case(load, what, Need.NOTHING, load(load), List.of(MOORING, HIKARI), goals);
    }

    private Case writersVirtual() {
        return new Case(
                Loads.WRITERS_VIRTUAL,
                "16 virtual SQLite writers, 20 transactions each, 1 ms inside, NORMAL",
                Need.VIRTUAL_THREADS,
                new LoadMeasurement(Loads.WRITERS_VIRTUAL, true, jvm),
                List.of(MOORING, HIKARI),
                List.of(Goal.limit(SECONDS, MOORING, 1, HIKARI), Goal.limit(FAILED, MOORING, 0, HIKARI)));
    }

    private Measurement load(String name) {
        return new LoadMeasurement(name, false, jvm);
    }
}
