package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Blanks and comments at the end of a line are not compared; {@code ...} in a snippet stands for what it leaves out. */
@DisplayName("The Java and Kotlin that the documentation shows is part of a test, which compiles and runs it")
class SnippetsTest {

    private static final Path ROOT = Path.of("..", "..");
    /** Applications that have tests. */
    private static final Path EXAMPLES = ROOT.resolve("examples");

    private static final Pattern SNIPPET =
            Pattern.compile("^ *```(?:java|kotlin)\n(.*?)^ *```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern COMMENT = Pattern.compile("(?m)(^|\\s)//.*$");

    private static List<String> tests = List.of();

    @BeforeAll
    static void readTests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            tests = files.filter(file ->
                            file.toString().endsWith(".java") || file.toString().endsWith(".kt"))
                    .filter(file -> file.toString().contains("/src/test/java/") || file.startsWith(EXAMPLES))
                    .map(file -> bare(read(file)))
                    .toList();
        }
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .filter(page -> SNIPPET.matcher(read(page)).find())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isRun(Path page) {
        List<String> snippets = SNIPPET.matcher(read(page))
                .results()
                .map(result -> result.group(1))
                .toList();

        assertThat(snippets.stream().filter(snippet -> !isPartOfATest(bare(snippet))))
                .as("snippets of this page that no test contains")
                .isEmpty();
    }

    private static boolean isPartOfATest(String snippet) {
        return tests.stream().anyMatch(test -> contains(test, snippet));
    }

    private static boolean contains(String test, String snippet) {
        int at = 0;
        for (String part : snippet.split("\\.\\.\\.", -1)) {
            at = test.indexOf(part, at);
            if (at < 0) {
                return false;
            }
            at += part.length();
        }
        return true;
    }

    private static String bare(String java) {
        return COMMENT.matcher(java).replaceAll("").replaceAll("\\s+", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
