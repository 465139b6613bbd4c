package dev.mooring.benchmarks.compare;

import dev.mooring.benchmarks.compare.Case.Need;
import dev.mooring.benchmarks.compare.Samples.Sample;
import dev.mooring.benchmarks.rival.PostgresServer;
import dev.mooring.benchmarks.rival.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The program behind {@code tests/benchmarks/compare}. */
public final class Compare implements AutoCloseable {

    /** How much of the processors' time other machines had, in percent. */
    private static final String STOLEN = "stolen-percent";

    private final Pace pace;
    private final Jvm jvm;
    private final Report report = new Report();
    private @Nullable PostgresServer postgres;

    private Compare(Pace pace, Jvm jvm) {
        this.pace = pace;
        this.jvm = jvm;
    }

    /** Runs what {@code args} ask for and exits. */
    public static void main(String[] args) throws Exception {
        System.exit(run(args));
    }

    private static int run(String... args) throws Exception {
        Jvm jvm = new Jvm();
        List<Case> all = Stream.of(new HandOutCases(jvm).all(), new DatabaseCases(jvm).all(), new LoginCases(jvm).all())
                .flatMap(List::stream)
                .toList();
        try {
            Arguments arguments = Arguments.of(args);
            List<Case> selected = arguments.select(all);
            if (arguments.isHelp()) {
                System.out.println(Arguments.USAGE);
                return 0;
            }
            if (arguments.isList()) {
                selected.forEach(each -> System.out.printf("%-20s %s%n", each.name(), each.what()));
                return 0;
            }
            if (arguments.page() != null) {
                new Page(all, arguments.files()).write(arguments.page());
                return 0;
            }
            try (Compare compare = new Compare(arguments.pace(), jvm)) {
                return compare.compare(selected, arguments.json());
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + Arguments.USAGE);
            return 2;
        }
    }

    private int compare(List<Case> cases, @Nullable Path json) throws Exception {
        report.begin(pace);
        ResultFile raw = new ResultFile(pace);
        long start = System.nanoTime();
        for (Case each : cases) {
            if (each.needs() == Need.VIRTUAL_THREADS && Threads.virtual().isEmpty()) {
                report.notRun(each, "needs JDK 21 or later");
                continue;
            }
            if (each.needs() == Need.POSTGRES) {
                startPostgres();
            }
            Samples samples = measure(each);
            List<Result> results =
                    each.goals().stream().map(goal -> goal.judge(samples)).toList();
            report.add(each, results);
            raw.add(each, samples);
            if (json != null) {
                raw.write(json); // After each case: a run that is stopped keeps what it has.
            }
        }
        report.progress("took " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
        return report.isAnythingMissed() ? 1 : 0;
    }

    private Samples measure(Case each) throws InterruptedException {
        Samples samples = new Samples();
        for (int round = 1; round <= pace.rounds(); round++) {
            for (String rival : each.rivals()) {
                Sample sample = sample(each, rival, round);
                samples.add(sample);
                report.progress("%s: %s, round %d of %d, %.0f s: %s"
                        .formatted(each.name(), rival, round, pace.rounds(), sample.seconds(), Report.summary(sample)));
            }
        }
        return samples;
    }

    private Sample sample(Case each, String rival, int round) throws InterruptedException {
        double load = Machine.loadAverage();
        Processors before = Processors.now();
        long start = System.nanoTime();
        Map<String, Double> figures = new HashMap<>();
        String failure = "";
        try {
            figures.putAll(each.measurement().measure(rival, pace));
            Processors.now().stolenSince(before).ifPresent(percent -> figures.put(STOLEN, percent));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failure = String.valueOf(e.getMessage());
        }
        return new Sample(rival, round, load, (System.nanoTime() - start) / 1e9, figures, failure);
    }

    private void startPostgres() throws IOException, SQLException {
        if (postgres == null) {
            report.progress("starting PostgreSQL");
            postgres = PostgresServer.open();
            jvm.share(postgres);
            report.progress("PostgreSQL " + postgres.version() + ", fsync and synchronous_commit on");
        }
    }

    @Override
    public void close() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }
}
