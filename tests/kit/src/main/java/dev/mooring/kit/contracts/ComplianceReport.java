package dev.mooring.kit.contracts;

import dev.mooring.kit.contracts.Results.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The results of one run, for each backend that was tested. If the property {@value #DIRECTORY} names a directory, a page for each
 * backend is written there when the run ends. Thread-safe.
 */
final class ComplianceReport implements AutoCloseable {

    /** The configuration parameter of JUnit, or system property, that says where the report is written. */
    static final String DIRECTORY = "mooring.kit.report";

    private final @Nullable Path directory;
    private final Map<String, Map<String, Entry>> backends = new ConcurrentSkipListMap<>();

    private ComplianceReport(@Nullable Path directory) {
        this.directory = directory;
    }

    static ComplianceReport of(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(ComplianceReport.class))
                .getOrComputeIfAbsent(
                        ComplianceReport.class,
                        unused -> new ComplianceReport(context.getConfigurationParameter(DIRECTORY, Path::of)
                                .orElse(null)),
                        ComplianceReport.class);
    }

    /** Adds the results of one test class. Of a rule that several have run, the worst one stands. */
    void add(String backend, Map<String, Entry> results) {
        Map<String, Entry> entries = backends.computeIfAbsent(backend, unused -> new ConcurrentSkipListMap<>());
        results.forEach((number, entry) -> entries.merge(number, entry, Entry::and));
    }

    @Override
    public void close() throws IOException {
        if (directory == null) {
            return;
        }
        Files.createDirectories(directory);
        for (Map.Entry<String, Map<String, Entry>> each : backends.entrySet()) {
            String file = each.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".md";
            Files.write(directory.resolve(file), page(each.getKey(), new TreeMap<>(each.getValue())));
        }
    }

    private static List<String> page(String backend, Map<String, Entry> entries) {
        List<String> lines = new ArrayList<>(List.of("# " + backend, "", "| rule | | result |", "|---|---|---|"));
        for (Rule rule : Rule.all()) {
            Entry entry = entries.get(rule.number());
            String result =
                    entry == null ? "not run" : entry.result().name().toLowerCase(Locale.ROOT) + reason(entry.reason());
            lines.add("| %s | %s | %s |".formatted(rule.number(), rule.sentence(), result));
        }
        return lines;
    }

    private static String reason(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }
}
