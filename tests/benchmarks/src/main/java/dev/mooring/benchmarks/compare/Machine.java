package dev.mooring.benchmarks.compare;

import dev.mooring.benchmarks.rival.WorkDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a figure depends on besides the code. */
final class Machine {

    /** The system property that names the commit that was measured. */
    private static final String COMMIT = "benchmarks.commit";

    private Machine() {}

    static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    static String jdk() {
        return System.getProperty("java.vm.name") + " " + Runtime.version();
    }

    static Map<String, String> description() throws IOException {
        Map<String, String> description = new LinkedHashMap<>();
        description.put("commit", System.getProperty(COMMIT, "unknown"));
        description.put("jdk", jdk());
        description.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        description.put("processor", processor());
        description.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        description.put("fileSystem", WorkDirectory.fileSystem());
        return description;
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
