package dev.mooring.benchmarks.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures by one fork of JMH; the figure is the median of its iterations. */
final class JmhMeasurement implements Measurement {

    /** What the figure is called. */
    static final String SCORE = "score";

    /** The parameter of a benchmark that says who is measured. */
    private static final String RIVAL = "rival";

    private final String benchmark;
    private final int threads;
    private final Map<String, String> parameters;
    private final boolean byRival;
    private final Jvm jvm;

    private JmhMeasurement(
            Class<?> type, String method, int threads, Map<String, String> parameters, boolean byRival, Jvm jvm) {
        this.benchmark = "^" + type.getName() + "\\." + method + "$";
        this.threads = threads;
        this.parameters = parameters;
        this.byRival = byRival;
        this.jvm = jvm;
    }

    /** {@return one that knows ours and the peers} */
    static JmhMeasurement ofRivals(Class<?> type, String method, int threads, Map<String, String> parameters, Jvm jvm) {
        return new JmhMeasurement(type, method, threads, parameters, true, jvm);
    }

    /** {@return one of something that no peer has} */
    static JmhMeasurement ofOurs(Class<?> type, String method, Jvm jvm) {
        return new JmhMeasurement(type, method, 1, Map.of(), false, jvm);
    }

    @Override
    public Map<String, Double> measure(String rival, Pace pace) throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark)
                .forks(1)
                .threads(threads)
                .warmupIterations(pace.warmUps())
                .warmupTime(TimeValue.milliseconds(pace.iteration().toMillis()))
                .measurementIterations(pace.iterations())
                .measurementTime(TimeValue.milliseconds(pace.iteration().toMillis()))
                .timeout(TimeValue.seconds(30))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs(jvm.arguments().toArray(String[]::new))
                // Else many busy threads on few processors keep the compiler waiting for longer than a warm-up takes.
                .jvmArgsAppend("-Xbatch");
        parameters.forEach(options::param);
        if (byRival) {
            options.param(RIVAL, rival);
        }
        return figures(new Runner(options.build()).runSingle());
    }

    private static Map<String, Double> figures(RunResult run) {
        List<Double> iterations = run.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
        Map<String, Double> figures = new HashMap<>();
        figures.put(SCORE, Numbers.median(iterations));
        figures.put("least", Numbers.least(iterations));
        figures.put("most", Numbers.most(iterations));
        return figures;
    }
}
