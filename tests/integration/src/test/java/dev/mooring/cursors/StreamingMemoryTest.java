package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.transactions.TestDatabases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two million rows pass through a JVM of 64 MB, where some hundred thousand would fit. */
class StreamingMemoryTest {

    private static final String SUM = StreamAlot.SUM + StreamAlot.ROWS * (StreamAlot.ROWS + 1) / 2;

    @TempDir
    Path directory;

    @Test
    void holdsAChunkOfPostgresAtATime() throws Exception {
        String url = "postgresql://postgres@localhost:" + TestDatabases.server().getPort() + "/postgres";
        assertThat(streamed(url, "SELECT n, 'some text' AS text FROM generate_series(1, " + StreamAlot.ROWS + ") n"))
                .isEqualTo(SUM);
    }

    @Test
    void holdsARowOfSqliteAtATime() throws Exception {
        assertThat(streamed("sqlite:///" + directory.resolve("many.db"), """
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)
            SELECT n, 'some text' AS text FROM numbers\
            """.formatted(StreamAlot.ROWS)))
                .isEqualTo(SUM);
    }

    /** {@return the last line that the JVM said} */
    private String streamed(String url, String sql) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        classPath,
                        StreamAlot.class.getName(),
                        url,
                        sql)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.waitFor();
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        return lines.get(lines.size() - 1);
    }
}
