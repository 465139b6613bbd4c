package dev.mooring.benchmarks.compare;

import dev.mooring.benchmarks.load.Loads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures by running a load in a JVM of its own. */
final class LoadMeasurement implements Measurement {

    private static final Duration OVERHEAD = Duration.ofSeconds(60);

    private final String load;
    private final boolean byPatience;
    private final Jvm jvm;

    /** {@code byPatience} says that the time is how long to wait for an end, not how long to run. */
    LoadMeasurement(String load, boolean byPatience, Jvm jvm) {
        this.load = load;
        this.byPatience = byPatience;
        this.jvm = jvm;
    }

    @Override
    public Map<String, Double> measure(String rival, Pace pace) throws Exception {
        Duration time = byPatience ? pace.patience() : pace.load();
        List<String> command = jvm.command(Loads.class, load, rival, Long.toString(time.toMillis()));
        Path output = Files.createTempFile("benchmark", ".out");
        Path errors = Files.createTempFile("benchmark", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            awaitEnd(process, time.plus(OVERHEAD), errors);
            return figures(Files.readAllLines(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static void awaitEnd(Process process, Duration time, Path errors) throws IOException, InterruptedException {
        boolean ended = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
            throw new IOException("not done after " + time.toSeconds() + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("ended with code " + process.exitValue() + ": " + reason(errors));
        }
    }

    private static String reason(Path errors) throws IOException {
        try (Stream<String> lines = Files.lines(errors, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("Exception") || line.startsWith("Caused by"))
                    .collect(Collectors.joining("; "));
        }
    }

    private static Map<String, Double> figures(List<String> lines) {
        Map<String, Double> figures = new HashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (line.startsWith(Loads.ANSWER) && equals > 0) {
                figures.put(line.substring(Loads.ANSWER.length(), equals), Double.valueOf(line.substring(equals + 1)));
            }
        }
        return figures;
    }
}
