package dev.mooring.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.mooring.kit.contracts.BackendUnderTest;
import dev.mooring.kit.contracts.Contract;
import dev.mooring.kit.contracts.Gap;
import dev.mooring.kit.contracts.OnBackend;
import dev.mooring.kit.contracts.Rule;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The table of rules is made of the rules and of the declared gaps. It is true because the build runs every contract on every
 * backend, and fails where a rule is broken without a gap, or kept with one.
 */
@DisplayName("The page docs/backends.md has every rule of the kit and every gap")
class BackendsPageTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "backends.md");
    private static final String BEGIN = "<!-- rules, written by BackendsPageTest -->\n";
    private static final String END = "<!-- end of the rules -->\n";

    /** In the order of the table. */
    private static final List<String> BACKENDS =
            List.of("SQLite", "PostgreSQL", "MariaDB", "H2", "PostgreSQL without savepoints");

    private final Map<String, BackendUnderTest> backends = new TreeMap<>(Comparator.comparing(BACKENDS::indexOf));
    private final List<String> runs = new ArrayList<>();

    BackendsPageTest() {
        new ClassFileImporter()
                .importPackages("dev.mooring").stream()
                        .filter(type -> type.isAssignableTo(Contract.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        // Those run on backends that are wrong on purpose.
                        .filter(type -> !type.getPackageName().equals("dev.mooring.testing"))
                        .map(JavaClass::reflect)
                        .forEach(this::add);
    }

    private void add(Class<?> test) {
        BackendUnderTest backend = ((OnBackend) instance(test)).backend();
        backends.putIfAbsent(backend.name(), backend);
        runs.add(test.getSuperclass().getSimpleName() + " on " + backend.name());
    }

    private static Object instance(Class<?> test) {
        try {
            Constructor<?> constructor = test.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.getParameterCount() == 0
                    ? constructor.newInstance()
                    : constructor.newInstance(instance(test.getEnclosingClass()));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(test + " has no constructor without parameters", e);
        }
    }

    @Test
    @DisplayName("Every backend runs every contract")
    void runsEveryContract() {
        assertThat(backends.keySet()).containsExactlyElementsOf(BACKENDS);
        assertThat(runs)
                .containsExactlyInAnyOrderElementsOf(BACKENDS.stream()
                        .flatMap(backend ->
                                Rule.contracts().stream().map(contract -> contract.getSimpleName() + " on " + backend))
                        .toList());
    }

    @Test
    @DisplayName("Every test of a contract has the number of a rule, which no other has")
    void numbersTheRules() {
        long tests = Rule.contracts().stream()
                .flatMap(contract -> Stream.of(contract.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(DisplayName.class))
                .count();

        assertThat(Rule.all()).hasSize((int) tests);
        assertThat(Rule.all().stream().map(Rule::number)).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("The table is up to date")
    void hasItsTableUpToDate() throws IOException {
        String page = Files.readString(PAGE);
        String written =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + rules() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("mooring.backends.write")) {
            Files.writeString(PAGE, written);
        }

        assertThat(PAGE)
                .as("To write it anew: mvn test -Dtest=BackendsPageTest -Dmooring.backends.write")
                .hasContent(written);
    }

    private String rules() {
        StringBuilder text = new StringBuilder("\n| rule | | " + String.join(" | ", BACKENDS) + " |\n|---|---|"
                + "---|".repeat(BACKENDS.size()) + "\n");
        for (Rule rule : Rule.all()) {
            String kept = backends.values().stream()
                    .map(backend ->
                            backend.gaps().stream().anyMatch(gap -> gap.rule().equals(rule.number())) ? "gap" : "yes")
                    .collect(joining(" | "));
            text.append("| %s | %s | %s |\n".formatted(rule.number(), rule.sentence(), kept));
        }
        text.append("\n");
        backends.values().forEach(backend -> text.append(gaps(backend)));
        return text.append("\n").toString();
    }

    private static String gaps(BackendUnderTest backend) {
        Map<String, List<String>> byReason = new TreeMap<>();
        backend.gaps().stream()
                .sorted(Comparator.comparing(Gap::rule))
                .forEach(gap -> byReason.computeIfAbsent(gap.reason(), unused -> new ArrayList<>())
                        .add(gap.rule()));
        return byReason.entrySet().stream()
                .map(gap ->
                        "* %s, %s: %s.\n".formatted(backend.name(), String.join(", ", gap.getValue()), gap.getKey()))
                .collect(joining());
    }
}
