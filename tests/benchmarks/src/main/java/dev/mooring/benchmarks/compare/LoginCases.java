package dev.mooring.benchmarks.compare;

import static dev.mooring.benchmarks.load.LoginsLoad.HASHES_ALONE;
import static dev.mooring.benchmarks.rival.Rivals.HIKARI;
import static dev.mooring.benchmarks.rival.Rivals.MOORING;

import dev.mooring.benchmarks.compare.Case.Need;
import dev.mooring.benchmarks.jmh.LoginBenchmark;
import dev.mooring.benchmarks.load.Figures;
import dev.mooring.benchmarks.load.Loads;
import java.util.List;
import java.util.Map;

/** The cases of logins. */
final class LoginCases {

    private final Jvm jvm;

    LoginCases(Jvm jvm) {
        this.jvm = jvm;
    }

    List<Case> all() {
        return List.of(
                login("sqlite", Need.NOTHING),
                login("postgres", Need.POSTGRES),
                beside(Loads.LOGINS_SQLITE, "SQLite", Need.NOTHING),
                beside(Loads.LOGINS_POSTGRES, "PostgreSQL", Need.POSTGRES));
    }

    private Case login(String database, Need need) {
        Figure rate = Figure.more(JmhMeasurement.SCORE, "ops/ms");
        return new Case(
                "login-" + database,
                "authenticate() with a cheap hash beside hand-written JDBC, 1 thread, " + database,
                need,
                JmhMeasurement.ofRivals(LoginBenchmark.class, "authenticate", 1, Map.of("database", database), jvm),
                List.of(MOORING, HIKARI),
                List.of(Goal.advantage(rate, MOORING, 0.95, HIKARI)));
    }

    private Case beside(String load, String database, Need need) {
        return new Case(
                load,
                "a query beside 200 logins on 10 connections, or beside as many hashes, " + database,
                need,
                new LoadMeasurement(load, false, jvm),
                List.of(MOORING, HASHES_ALONE),
                List.of(
                        Goal.advantage(Figure.less(Figures.P99, "ms"), MOORING, 0.5, HASHES_ALONE),
                        Goal.reported(Figure.less(Figures.P50, "ms"), MOORING, HASHES_ALONE),
                        Goal.limit(Figure.less(Figures.FAILED, ""), MOORING, 0, HASHES_ALONE)));
    }
}
