package dev.mooring.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Database;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Prints the figures of core's structure. What is better below a bound lowers it here. */
class StructureReportTest {

    @Test
    @DisplayName(
            "Core's structure gets no worse: long constructors, mutable fields, internal classes that hold a public one")
    void getsNoWorse() throws Exception {
        Path classes = Path.of(Database.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        Map<String, Long> figures = StructureReport.figures(Path.of("../.."), classes);

        StructureReport.print(figures);
        assertThat(figures.get(StructureReport.LONG_CONSTRUCTORS)).isLessThanOrEqualTo(24);
        assertThat(figures.get(StructureReport.HOLDERS)).isLessThanOrEqualTo(8);
        assertThat(figures.get(StructureReport.FINAL_SHARE)).isGreaterThanOrEqualTo(78);
    }
}
