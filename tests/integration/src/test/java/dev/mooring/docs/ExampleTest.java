package dev.mooring.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The example of the README and of docs/getting-started.md")
class ExampleTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("makes its file where it is run, and counts")
    void counts() throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process example = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        absolute(classPath),
                        Example.class.getName())
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        String printed = new String(example.getInputStream().readAllBytes(), UTF_8);

        assertThat(example.waitFor()).isZero();
        assertThat(printed.strip()).endsWith("1");
        assertThat(directory.resolve("example.db")).isRegularFile();
    }

    private static String absolute(String classPath) {
        String separator = System.getProperty("path.separator");
        return Arrays.stream(classPath.split(separator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(joining(separator));
    }
}
