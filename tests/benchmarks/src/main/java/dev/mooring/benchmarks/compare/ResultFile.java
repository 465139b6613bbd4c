package dev.mooring.benchmarks.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mooring.benchmarks.compare.Samples.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Every figure of a run, with what it depends on: a file in {@code results/}. */
final class ResultFile {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Pace pace;
    private final List<Entry> entries = new ArrayList<>();

    ResultFile(Pace pace) {
        this.pace = pace;
    }

    void add(Case of, Samples measured) {
        measured.all().forEach(sample -> entries.add(Entry.of(of, sample)));
    }

    /** Writes a sample a line, so that two files can be compared. */
    void write(Path file) throws IOException {
        StringJoiner members = new StringJoiner(",\n  ", "{\n  ", "\n}\n");
        members.add(member("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        members.add(member("pace", pace.name()));
        for (Map.Entry<String, String> each : Machine.description().entrySet()) {
            members.add(member(each.getKey(), each.getValue()));
        }
        StringJoiner samples = new StringJoiner(",\n    ", "[\n    ", "\n  ]");
        for (Entry entry : entries) {
            samples.add(JSON.writeValueAsString(entry));
        }
        members.add("\"samples\": " + samples);
        Files.writeString(file, members.toString(), StandardCharsets.UTF_8);
    }

    private static String member(String name, String value) throws JsonProcessingException {
        return JSON.writeValueAsString(name) + ": " + JSON.writeValueAsString(value);
    }

    static Run read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Run.class);
    }

    /** A file that was read. */
    record Run(
            String date,
            String pace,
            String commit,
            String jdk,
            String os,
            String processor,
            String processors,
            String fileSystem,
            List<Entry> samples) {

        /** {@return the JDK's feature version, for headings} */
        String feature() {
            return "JDK " + jdk.replaceFirst(".* (\\d+)[.+].*", "$1");
        }

        /** {@return what was measured of the case called {@code name}; empty if it was not} */
        Samples of(String name) {
            Samples found = new Samples();
            samples.stream().filter(entry -> entry.name().equals(name)).forEach(entry -> found.add(entry.sample()));
            return found;
        }
    }

    /** One sample as it is written. */
    record Entry(
            @JsonProperty("case") String name,
            String rival,
            int round,
            double load,
            double seconds,
            Map<String, Double> figures,
            String failure) {

        static Entry of(Case of, Sample sample) {
            double seconds = Math.round(sample.seconds() * 10) / 10.0;
            return new Entry(
                    of.name(),
                    sample.rival(),
                    sample.round(),
                    sample.load(),
                    seconds,
                    new TreeMap<>(sample.figures()),
                    sample.failure());
        }

        Sample sample() {
            return new Sample(rival, round, load, seconds, figures, failure);
        }
    }
}
