package dev.mooring.benchmarks.compare;

import dev.mooring.benchmarks.compare.Samples.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.StringJoiner;

/** Every figure, with what it depends on, for a file in {@code results/}. */
final class JsonReport {

    private final Pace pace;
    private final StringJoiner samples = new StringJoiner(",\n    ", "[\n    ", "\n  ]");

    JsonReport(Pace pace) {
        this.pace = pace;
    }

    void add(Case of, Samples measured) {
        for (Sample sample : measured.all()) {
            StringJoiner figures = new StringJoiner(", ", "{", "}");
            sample.figures().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(figure -> figures.add(quote(figure.getKey()) + ": " + figure.getValue()));
            samples.add(
                    "{\"case\": %s, \"rival\": %s, \"round\": %d, \"load\": %s, \"seconds\": %.1f, \"figures\": %s, \"failure\": %s}"
                            .formatted(
                                    quote(of.name()),
                                    quote(sample.rival()),
                                    sample.round(),
                                    sample.load(),
                                    sample.seconds(),
                                    figures,
                                    quote(sample.failure())));
        }
    }

    void write(Path file) throws IOException {
        StringJoiner members = new StringJoiner(",\n  ", "{\n  ", "\n}\n");
        members.add(member("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        members.add(member("pace", pace.name()));
        Machine.description().forEach((name, value) -> members.add(member(name, value)));
        members.add("\"samples\": " + samples);
        Files.writeString(file, members.toString(), StandardCharsets.UTF_8);
    }

    private static String member(String name, String value) {
        return quote(name) + ": " + quote(value);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                default -> quoted.append(c < ' ' ? ' ' : c);
            }
        }
        return quoted.append('"').toString();
    }
}
