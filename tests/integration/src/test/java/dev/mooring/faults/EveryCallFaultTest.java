package dev.mooring.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterables;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every call of the driver that a use of the layer makes fails once, in every way: SQLite's own method of testing
 * against failing allocations, applied to JDBC.
 *
 * <p>All of that takes minutes, on a server half an hour, for most cases open a connection and wait until the server has seen
 * its end. So usually only one call in 36 fails on SQLite and one in 180 on a server, beginning with another call for each
 * use and way of failing. With {@code -Dmooring.full} it is every call on SQLite and one in six on a server, with
 * {@code -Dmooring.faults=1} every call on all.
 */
@Tag("faults")
@Tag("full")
class EveryCallFaultTest {

    private static final boolean FULL = Boolean.getBoolean("mooring.full");
    private static final int SQLITE = FULL ? 1 : 36;
    private static final int SERVER = FULL ? 6 : 180;

    private final Violations violations = new Violations();

    @Test
    void leavesSqliteInOrder(@TempDir Path directory) throws Exception {
        try (Engine engine = Engine.sqlite(directory.resolve("faults.sqlite3"))) {
            int step = step(SQLITE);
            assertThat(cases(engine, List.of(false, true), step)).isGreaterThan(12_000 / step);
        }
        violations.throwIfAny();
    }

    @Test
    void leavesPostgresInOrder() throws Exception {
        try (Engine engine = Engine.postgres()) {
            int step = step(SERVER);
            assertThat(cases(engine, List.of(false), step)).isGreaterThan(8_000 / step);
        }
        violations.throwIfAny();
    }

    @Test
    void leavesMariadbInOrder() throws Exception {
        try (Engine engine = Engine.mariadb()) {
            int step = step(SERVER);
            assertThat(cases(engine, List.of(false), step)).isGreaterThan(5_000 / step);
        }
        violations.throwIfAny();
    }

    private static int step(int sample) {
        return Integer.getInteger("mooring.faults", sample);
    }

    /** Runs all, for each of {@code starts}: with a connection parked, or one yet to be opened. */
    private int cases(Engine engine, List<Boolean> starts, int step) throws SQLException {
        FaultLoop loop = new FaultLoop(engine, violations, step);
        int cases = 0;
        for (Scenario scenario : Iterables.concat(Scenario.ALL, ViewScenario.ALL)) {
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
