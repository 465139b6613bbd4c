package dev.mooring.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The house rules. Each is tried on the code, which keeps it, and on a seeded violation, which it has to find. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    @TempDir
    Path directory;

    private JavaClasses code;

    @BeforeAll
    void importTheCode() {
        code = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.mooring");
    }

    @Test
    void looksAtEveryModule() {
        assertThat(code.stream().map(type -> type.getPackageName()))
                .contains("dev.mooring.error", "dev.mooring.spi")
                .doesNotContain("dev.mooring.architecture");
    }

    @Test
    void importsRunDownward() {
        holds(Rules.IMPORTS_RUN_DOWNWARD);
        finds(
                Rules.IMPORTS_RUN_DOWNWARD,
                seeded().source("dev.mooring.error", "Low", "class Low { dev.mooring.spi.High high; }")
                        .source("dev.mooring.spi", "High", "public class High {}"),
                "dev.mooring.error.Low.high");
    }

    @Test
    void everyPackageHasALayer() {
        finds(
                Rules.IMPORTS_RUN_DOWNWARD,
                seeded().source("dev.mooring.nowhere", "Lost", "class Lost {}"),
                "without a layer");
    }

    @Test
    void packagesHaveNoCycles() {
        holds(Rules.NO_CYCLES);
        finds(
                Rules.NO_CYCLES,
                seeded().source("dev.mooring.spi", "Hen", "public class Hen { dev.mooring.config.Egg egg; }")
                        .source("dev.mooring.config", "Egg", "public class Egg { dev.mooring.spi.Hen hen; }"),
                "Cycle detected");
    }

    /** Whoever takes a file out of a cycle lowers its package's number here: none of them may grow. */
    @Test
    void fewFilesAreInImportCycles() {
        assertThat(filesInCycles(code))
                .isEqualTo(Map.of(
                        "dev.mooring", 10,
                        "dev.mooring.config", 4,
                        "dev.mooring.migrations", 13,
                        "dev.mooring.pool", 4,
                        "dev.mooring.spi", 10));
        assertThat(filesInCycles(seeded().source("dev.mooring.pool", "Hen", "class Hen { Egg egg; }")
                        .source("dev.mooring.pool", "Egg", "class Egg { static class Shell { Hen hen; } }")
                        .source("dev.mooring.pool", "Nest", "class Nest { Hen hen; }")
                        .classes()))
                .isEqualTo(Map.of("dev.mooring.pool", 2));
    }

    private static Map<String, Integer> filesInCycles(JavaClasses classes) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Set<String> cycle : FileCycles.among(classes, Rules.CORE)) {
            cycle.forEach(file -> counts.merge(file.substring(0, file.lastIndexOf('.')), 1, Integer::sum));
        }
        return counts;
    }

    @Test
    void spiAndErrorSpeakJdk() {
        holds(Rules.CONTRACTS_SPEAK_JDK);
        finds(
                Rules.CONTRACTS_SPEAK_JDK,
                seeded().source(
                                "dev.mooring.spi",
                                "Split",
                                "class Split { Object by = com.google.common.base.Splitter.on(','); }"),
                "com.google.common.base.Splitter");
    }

    @Test
    void configAndSchemaSpeakJdk() {
        holds(Rules.VALUES_SPEAK_JDK);
        finds(
                Rules.VALUES_SPEAK_JDK,
                seeded().source(
                                "dev.mooring.config",
                                "Driver",
                                "class Driver { Object it = new org.postgresql.Driver(); }"),
                "org.postgresql.Driver");
    }

    @Test
    void signaturesAreClean() {
        holds(Rules.SIGNATURES_ARE_CLEAN);
        finds(
                Rules.SIGNATURES_ARE_CLEAN,
                seeded().source(
                                "dev.mooring",
                                "Api",
                                "public class Api { public java.util.List<com.google.common.collect.Range<Integer>> it()"
                                        + " { return null; } }"),
                "com.google.common.collect.Range");
        finds(
                Rules.SIGNATURES_ARE_CLEAN,
                seeded().source("dev.mooring", "Open", "public class Open { protected dev.mooring.pool.Slot[] slots; }")
                        .source("dev.mooring.pool", "Slot", "public class Slot {}"),
                "dev.mooring.pool.Slot");
    }

    @Test
    void backendsKnowOnlyTheSpi() {
        holds(Rules.BACKENDS_KNOW_THE_SPI);
        finds(
                Rules.BACKENDS_KNOW_THE_SPI,
                seeded().source("dev.mooring.sqlite", "Nosy", "class Nosy { dev.mooring.Facade it; }")
                        .source("dev.mooring", "Facade", "public class Facade {}"),
                "dev.mooring.Facade");
    }

    @Test
    void backendsShowOnlyTheirProvider() {
        holds(Rules.BACKENDS_SHOW_THEIR_PROVIDER);
        finds(
                Rules.BACKENDS_SHOW_THEIR_PROVIDER,
                seeded().source("dev.mooring.postgres", "PgBackendProvider", "public class PgBackendProvider {}")
                        .source("dev.mooring.postgres", "PgDialect", "public class PgDialect {}"),
                "[PgBackendProvider, PgDialect]");
    }

    @Test
    void authKnowsNoBackend() {
        holds(Rules.AUTH_KNOWS_NO_BACKEND);
        finds(
                Rules.AUTH_KNOWS_NO_BACKEND,
                seeded().source("dev.mooring.auth", "Login", "class Login { dev.mooring.sqlite.Lite it; }")
                        .source("dev.mooring.sqlite", "Lite", "public class Lite {}"),
                "dev.mooring.sqlite.Lite");
    }

    @Test
    void wrappersAreNotKeptInFields() {
        holds(Rules.WRAPPERS_ARE_NOT_KEPT);
        finds(
                Rules.WRAPPERS_ARE_NOT_KEPT,
                seeded().source("dev.mooring", "DatabaseWrapper", "public class DatabaseWrapper {}")
                        .source(
                                "dev.mooring.auth",
                                "Hoarder",
                                "class Hoarder { java.util.List<dev.mooring.DatabaseWrapper> kept; }"),
                "Hoarder.kept");
    }

    @Test
    void nothingPrints() {
        holds(Rules.NOTHING_PRINTS);
        finds(
                Rules.NOTHING_PRINTS,
                seeded().source("dev.mooring.kit", "Loud", "class Loud { void say() { System.out.println(); } }"),
                "Loud.say()");
    }

    @Test
    void coreHasNoSynchronizedMethods() {
        holds(Rules.NO_SYNCHRONIZED_METHODS);
        finds(
                Rules.NO_SYNCHRONIZED_METHODS,
                seeded().source("dev.mooring.pool", "Locked", "class Locked { synchronized void turn() {} }"),
                "Locked.turn()");
    }

    @Test
    void coreNeitherSleepsNorReadsTheWallClock() {
        holds(Rules.NO_SLEEP_NO_WALL_CLOCK);
        finds(
                Rules.NO_SLEEP_NO_WALL_CLOCK,
                seeded().source(
                                "dev.mooring.pool",
                                "Sleepy",
                                "class Sleepy { void nap() throws Exception { Thread.sleep(1); } }"),
                "Sleepy.nap()");
        finds(
                Rules.NO_SLEEP_NO_WALL_CLOCK,
                seeded().source(
                                "dev.mooring.pool",
                                "Clock",
                                "class Clock { java.util.function.LongSupplier now = System::currentTimeMillis; }"),
                "currentTimeMillis");
    }

    @Test
    void everythingIsNullMarked() {
        holds(Rules.NULL_MARKED);
        finds(
                Rules.NULL_MARKED,
                seeded().source("dev.mooring.auth", "Careless", "class Careless {}"),
                "dev.mooring.auth.Careless");
    }

    private void holds(ArchRule rule) {
        rule.check(code);
    }

    private static void finds(ArchRule rule, SeededViolation seeded, String complaint) {
        JavaClasses classes = seeded.classes();
        assertThatThrownBy(() -> rule.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("was violated")
                .hasMessageContaining(complaint);
    }

    private SeededViolation seeded() {
        return new SeededViolation(directory.resolve("seeded-" + System.nanoTime()));
    }
}
