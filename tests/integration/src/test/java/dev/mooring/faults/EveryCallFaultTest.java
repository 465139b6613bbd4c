package dev.mooring.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every call of the driver that a use of the layer makes fails once, in every way: SQLite's own method of testing
 * against failing allocations, applied to JDBC.
 */
@Tag("faults")
class EveryCallFaultTest {

    private final Violations violations = new Violations();

    @Test
    void leavesSqliteInOrder(@TempDir Path directory) throws Exception {
        try (Engine engine = Engine.sqlite(directory.resolve("faults.sqlite3"))) {
            assertThat(cases(engine, List.of(false, true))).isGreaterThan(4_000);
        }
        violations.throwIfAny();
    }

    @Test
    void leavesPostgresInOrder() throws Exception {
        try (Engine engine = Engine.postgres()) {
            assertThat(cases(engine, List.of(false))).isGreaterThan(1_500);
        }
        violations.throwIfAny();
    }

    /** Runs all, for each of {@code starts}: with a connection parked, or one yet to be opened. */
    private int cases(Engine engine, List<Boolean> starts) throws SQLException {
        FaultLoop loop = new FaultLoop(engine, violations);
        int cases = 0;
        for (Scenario scenario : Scenario.ALL) {
            for (FailureKind kind : engine.kinds) {
                for (boolean warm : starts) {
                    cases += loop.run(scenario, kind, warm);
                }
            }
        }
        System.out.println(cases + " cases on " + engine.provider.engine());
        return cases;
    }
}
