package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Every thread model with Django's way and with ours, one run after the other. */
final class Matrix {

    private final Scenario scenario;
    private final DatabaseSettings settings;
    private final int requests;
    private final int concurrency;

    Matrix(Scenario scenario, DatabaseSettings settings, int requests, int concurrency) {
        this.scenario = scenario;
        this.settings = settings;
        this.requests = requests;
        this.concurrency = concurrency;
    }

    List<MatrixRow> run(PrintWriter progress) {
        List<MatrixRow> rows = new ArrayList<>();
        for (ThreadModel threads : ThreadModel.values()) {
            for (Style style : Style.values()) {
                rows.add(run(threads, style, progress));
            }
        }
        return rows;
    }

    private MatrixRow run(ThreadModel threads, Style style, PrintWriter progress) {
        if (!threads.isSupported()) {
            return new MatrixRow(threads, style, null);
        }
        Workload workload = new Workload(threads, requests, concurrency, style.applyTo(settings));
        return new MatrixRow(threads, style, scenario.run(workload, new Progress(progress, threads + ", " + style)));
    }
}
