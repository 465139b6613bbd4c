package dev.mooring.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every call of the driver that a use of the layer makes fails once, in every way: SQLite's own method of testing
 * against failing allocations, applied to JDBC.
 */
@Tag("faults")
class EveryCallFaultTest {

    private final Violations violations = new Violations();

    @Test
    void leavesSqliteInOrder(@TempDir Path directory, TestReporter reporter) throws Exception {
        try (Engine engine = Engine.sqlite(directory.resolve("faults.sqlite3"))) {
            assertThat(cases(engine, reporter)).isGreaterThan(4_000);
        }
        violations.throwIfAny();
    }

    @Test
    void leavesPostgresInOrder(TestReporter reporter) throws Exception {
        try (Engine engine = Engine.postgres()) {
            assertThat(cases(engine, reporter)).isGreaterThan(3_000);
        }
        violations.throwIfAny();
    }

    private int cases(Engine engine, TestReporter reporter) throws SQLException {
        FaultLoop loop = new FaultLoop(engine, violations);
        int cases = 0;
        for (Scenario scenario : Scenario.ALL) {
            for (FailureKind kind : engine.kinds) {
                cases += loop.run(scenario, kind, false) + loop.run(scenario, kind, true);
            }
        }
        reporter.publishEntry("cases on " + engine.provider.engine(), String.valueOf(cases));
        return cases;
    }
}
