package dev.mooring.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.transactions.TestDatabases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a heap that was full leaves behind, in a JVM of its own. */
@Tag("wrong-answers")
@Timeout(300)
class FullHeapTest {

    /**
     * How often it may be tried if workers fail. Where memory ends is chance, and if it ends in the driver's {@code close()}, a
     * session with the locks of its transaction stays on the server for a while; see docs/invariants.md.
     */
    private static final int TRIES = 3;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("After a full heap every connection and the write lock can be had again, and the housekeeper runs")
    void losesNothing() throws Exception {
        List<String> said = run(directory.resolve("heap-1"));
        for (int i = 2; i <= TRIES && hasFailingWorkers(said); i++) {
            said = run(directory.resolve("heap-" + i));
        }
        assertThat(said).as("what the JVM said").contains(FullHeap.ALL_IS_WELL);
    }

    private static boolean hasFailingWorkers(List<String> said) {
        return said.stream().anyMatch(line -> line.startsWith(FullHeap.WORKER_FAILS));
    }

    /** {@return what a JVM said that ran the program on new tables} */
    private static List<String> run(Path name) throws Exception {
        Path output = Path.of(name + ".output");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        FullHeap.class.getName(),
                        "sqlite:///" + name + ".db?synchronous=OFF",
                        "postgresql://postgres@localhost:"
                                + TestDatabases.server().getPort() + "/postgres")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}
