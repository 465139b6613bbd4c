package dev.mooring.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.DatabaseException;
import dev.mooring.faults.FailureKind.InjectedError;
import dev.mooring.faults.FailureKind.InjectedException;
import dev.mooring.faults.ViewScenario.JdbcFailure;
import dev.mooring.kit.AfterCheck;
import dev.mooring.kit.Faults;
import dev.mooring.kit.FaultyBackend;
import dev.mooring.kit.JdbcCall;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/** Runs a scenario again and again, with call after call going wrong, and looks at what that leaves behind. */
final class FaultLoop {

    private static final int CAP = 2;
    private static final int ENDLESS = 1_000;

    /** What may still be done to a connection that cannot be trusted. Unwrapping it is how SQLite interrupts it. */
    private static final Set<String> FAREWELLS = Set.of(
            "Connection.unwrap",
            "Connection.close",
            "Connection.abort",
            "Connection.isClosed",
            "Statement.close",
            "PreparedStatement.close",
            "ResultSet.close");

    private final Engine engine;
    private final Violations violations;
    private final int step;
    private int runs;

    /** @param step 1 to have each call fail, 2 for every other one, and so on; each run begins one call after the run before */
    FaultLoop(Engine engine, Violations violations, int step) {
        this.engine = engine;
        this.violations = violations;
        this.step = step;
    }

    /** Has one call after the other fail, until the scenario is over before the call comes. {@return the number of cases} */
    int run(Scenario scenario, FailureKind kind, boolean warm) throws SQLException {
        int cases = 0;
        for (int k = 1 + runs++ % step; k < ENDLESS; k += step) {
            if (!strikes(scenario, kind, warm, k)) {
                return cases;
            }
            cases++;
        }
        throw new AssertionError(scenario + " never ends");
    }

    private boolean strikes(Scenario scenario, FailureKind kind, boolean warm, int k) throws SQLException {
        engine.empty();
        Faults faults = new Faults();
        try (Databases databases = open(scenario, faults)) {
            AfterCheck after = AfterCheck.of(databases)
                    .server("default", engine.sessions())
                    .patience(Duration.ofSeconds(2));
            if (warm) {
                databases.query("SELECT 1");
            }
            faults.clear();
            faults.atCall(k, kind.fault());
            Throwable outcome = outcome(scenario, databases);
            JdbcCall struck = faults.struck().orElse(null);
            String where = "%s, %s%s, call %d (%s)".formatted(scenario, kind, warm ? ", warm" : "", k, struck);
            violations.check(where, () -> {
                isOneOfOurs(outcome, kind);
                isWhole(scenario, outcome, engine.items());
                nothingIsOpen(databases, faults, warm);
                if (struck != null && !kind.benign() && !isOfTheCaller(scenario, struck, kind)) {
                    isDistrusted(struck, faults);
                }
            });
            faults.clear();
            violations.check(where, after::closeAndVerify);
            violations.check(
                    where,
                    () -> assertThat(faults.openConnections())
                            .as("connections open at the end")
                            .isZero());
            return struck != null;
        }
    }

    private Databases open(Scenario scenario, Faults faults) {
        return Databases.builder()
                .add(scenario.settings()
                        .apply(engine.settings().maxConnections(CAP).acquireTimeout(Duration.ofSeconds(2)))
                        .build())
                .backend(FaultyBackend.around(engine.provider, faults))
                .build();
    }

    static Throwable outcome(Scenario scenario, Databases databases) {
        try {
            scenario.body().accept(databases);
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    private static void isOneOfOurs(Throwable outcome, FailureKind kind) {
        boolean ours = outcome == null
                || outcome instanceof DatabaseException
                || outcome instanceof JdbcFailure
                || (outcome instanceof InjectedException && kind.name().equals("unchecked"))
                || (outcome instanceof InjectedError && kind.name().equals("error"));
        if (!ours) {
            throw new AssertionError("the scenario threw " + outcome, outcome);
        }
    }

    private static void isWhole(Scenario scenario, Throwable outcome, Set<Integer> items) {
        boolean mayBeDone = outcome == null
                || outcome instanceof CommitOutcomeUnknownException
                || !(outcome instanceof DatabaseException);
        boolean mayBeUndone = outcome != null;
        boolean whole = (mayBeDone && items.equals(scenario.done()))
                || (mayBeUndone && scenario.undone().contains(items));
        if (!whole) {
            throw new AssertionError("rows %s after %s".formatted(items, outcome), outcome);
        }
    }

    private void nothingIsOpen(Databases databases, Faults faults, boolean warm) {
        assertThat(Thread.currentThread().isInterrupted()).as("interrupted").isFalse();
        assertThat(databases.using("default").counts().leased()).as("leases").isZero();
        assertThat(faults.openRows()).as("open rows").isZero();
        assertThat(faults.openStatements()).as("open statements").isLessThanOrEqualTo((int) kept(faults, warm));
        assertThat(faults.openConnections())
                .as("connections open at the driver, by the pool's count")
                .isEqualTo(databases.using("default").counts().open())
                .isLessThanOrEqualTo(CAP);
    }

    /** {@return how many statements may be open: where the layer keeps them, one for each text of each connection} */
    private long kept(Faults faults, boolean warm) {
        if (!engine.keepsStatements) {
            return 0;
        }
        long prepared = faults.calls().stream()
                .filter(call -> call.isOf("Connection.prepareStatement"))
                .map(call -> call.connection() + " " + call.sql())
                .distinct()
                .count();
        return prepared + (warm ? 1 : 0);
    }

    /** A connection that saw anything but a benign error is closed, and asked nothing before. */
    private static void isDistrusted(JdbcCall struck, Faults faults) {
        assertThat(faults.isOpen(struck.connection()))
                .as("the connection that saw the failure is open")
                .isFalse();
        assertThat(faults.calls())
                .as("calls of the connection that saw the failure")
                .filteredOn(call -> call.connection() == struck.connection() && call.number() > struck.number())
                // The calls that make up a health check have higher numbers than itself.
                .filteredOn(call -> !struck.isOf("Connector.isUsable"))
                .extracting(JdbcCall::method)
                .isSubsetOf(FAREWELLS);
    }

    /**
     * {@return whether the layer takes a getter's or setter's error for one of its caller}: one of SQLite's driver that has no
     * code of SQLite's, as if an index or a type was wrong
     */
    private boolean isOfTheCaller(Scenario scenario, JdbcCall struck, FailureKind kind) {
        String method = struck.method().substring(struck.method().indexOf('.') + 1);
        return engine.keepsStatements
                && ViewScenario.ALL.contains(scenario)
                && Set.of("fatal", "lost", "answer lost").contains(kind.name())
                && (method.startsWith("get") || method.startsWith("set"));
    }
}
