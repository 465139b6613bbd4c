package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** The checklist of Django's tests is worked off, and the page says how. Each rule is tried on a planted mistake too. */
class ParityTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "parity.md");

    private static final Checklist CHECKLIST = Checklist.read();
    private static final Coverage COVERAGE = new Coverage(CHECKLIST, tests());

    @Test
    void hasATestOrAReasonForEachEntry() {
        assertThat(COVERAGE.problems()).isEmpty();
    }

    @Test
    void hasItsPageUpToDate() throws IOException {
        String page = ParityPage.of(CHECKLIST, COVERAGE);
        if (Boolean.getBoolean("mooring.parity.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("To write it anew: mvn test -Dtest=ParityTest -Dmooring.parity.write")
                .hasContent(page);
    }

    @Test
    void findsAnEntryWithNeitherATestNorAReason() {
        assertProblems("== XX Planted\nXX-01 run\nXX-02 forgotten\n", "XX-02 has neither a test nor a reason");
    }

    @Test
    void findsATestForWhatIsNoEntry() {
        assertProblems("== XX Planted\n", "Planted.runs stands for XX-01, which is no entry");
    }

    @Test
    void findsAnEntryWithATestAndAReason() {
        assertProblems("== XX Planted\nXX-01 run\n      not in Java: so they say\n", "XX-01 has a test and a reason");
    }

    @Test
    void findsAnEntryWithTwoReasons() {
        assertProblems(
                "== XX Planted\nXX-01 run\nXX-02 excused\n      not in Java: a\n      missing: b\n",
                "XX-02 has two reasons");
    }

    @Test
    void findsAnEntryThatIsThereTwice() {
        assertProblems("== XX Planted\nXX-01 run\nXX-01 run\n", "XX-01 is there twice");
    }

    @Test
    void findsATestThatRunsOnOneDatabaseOnly() {
        assertThat(new Coverage(Checklist.parse("== XX Planted\nXX-01 run\n"), Stream.of(OnSqlite.class)).problems())
                .containsExactly("XX-01 is to be tried on [postgresql, sqlite] in both scopes, but is on [sqlite]");
    }

    @Test
    void findsATestThatDoesNotRun() {
        assertThat(new Coverage(Checklist.parse("== XX Planted\nXX-01 run\n"), Stream.of(Planted.class, Idle.class))
                        .problems())
                .containsExactlyInAnyOrder(
                        "Idle.isSwitchedOff does not run in every world", "Idle.isNoTest does not run in every world");
    }

    private static void assertProblems(String checklist, String problem) {
        assertThat(new Coverage(Checklist.parse(checklist), Stream.of(Planted.class)).problems())
                .containsExactly(problem);
    }

    private static Stream<Class<?>> tests() {
        return new ClassFileImporter()
                .importPackages("dev.mooring.parity", "dev.mooring.auth").stream()
                        .filter(type -> !type.getName().startsWith(ParityTest.class.getName()))
                        .filter(type ->
                                type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(Django.class)))
                        .map(JavaClass::reflect);
    }

    @EveryWorld
    static class Planted {
        @Test
        @Django("XX-01")
        void runs() {}
    }

    @SqliteWorlds
    static class OnSqlite {
        @Test
        @Django("XX-01")
        void runs() {}
    }

    @EveryWorld
    static class Idle {
        @Test
        @Disabled("planted")
        @Django("XX-01")
        void isSwitchedOff() {}

        @Django("XX-01")
        void isNoTest() {}
    }
}
