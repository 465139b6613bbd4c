package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.kit.AfterCheck;
import dev.mooring.kit.Faults;
import dev.mooring.kit.FaultyBackend;
import dev.mooring.kit.JdbcCall;
import dev.mooring.kit.ServerCount;
import dev.mooring.kit.contracts.ViewScenario.JdbcFailure;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Runs a scenario again and again, with call after call going wrong, and looks at what that leaves behind. */
final class FaultLoop {

    private static final int CAP = 2;
    private static final int ENDLESS = 1_000;
    private static final int SPREAD = 61;

    /** What may still be done to a connection that cannot be trusted. Unwrapping it is how SQLite interrupts it. */
    private static final Set<String> FAREWELLS = Set.of(
            "Connection.unwrap",
            "Connection.close",
            "Connection.abort",
            "Connection.isClosed",
            "Statement.close",
            "PreparedStatement.close",
            "ResultSet.close");

    private final Databases real;
    private final BackendProvider provider;
    private final Connection plain;
    private final ServerCount sessions;
    private final int step;
    private final Violations violations = new Violations();
    private int runs;

    /**
     * @param real without faults, with the tables {@code item} and {@code seed}
     * @param plain a connection past the layer, which sees what is really there
     * @param step 1 to have each call fail, 2 for every other one, and so on
     */
    FaultLoop(Databases real, BackendUnderTest backend, Connection plain, int step) {
        this.real = real;
        this.provider = backend.provider();
        this.plain = plain;
        this.sessions = backend.sessions(settings(), plain);
        this.step = step;
    }

    private DatabaseSettings settings() {
        return real.using("default").settings();
    }

    /** {@return how many calls failed, one after the other, until the scenario was over before the next one came} */
    int run(FaultScenario scenario, FailureKind kind, boolean warm) throws SQLException {
        int cases = 0;
        for (int k = first(kind); k < ENDLESS; k += step) {
            if (!strikes(scenario, kind, warm, k)) {
                return cases;
            }
            cases++;
        }
        throw new AssertionError(scenario + " never ends");
    }

    /** {@return the first call to fail} Another one in each run, so that some calls of each scenario are struck in some way. */
    private int first(FailureKind kind) {
        return 1 + Math.floorMod(kind.name().hashCode() + SPREAD * runs++, step);
    }

    private boolean strikes(FaultScenario scenario, FailureKind kind, boolean warm, int k) throws SQLException {
        empty();
        Faults faults = new Faults();
        try (Databases databases = open(scenario, faults)) {
            AfterCheck after =
                    AfterCheck.of(databases).server("default", sessions).patience(Duration.ofSeconds(2));
            if (warm) {
                databases.query("SELECT 1");
            }
            faults.clear();
            faults.atCall(k, kind.fault());
            @Nullable Throwable outcome = outcome(scenario, databases);
            @Nullable JdbcCall struck = faults.struck().orElse(null);
            String where = "%s, %s%s, call %d (%s)".formatted(scenario, kind, warm ? ", warm" : "", k, struck);
            violations.check(where, () -> {
                isOneOfOurs(outcome, kind);
                isWhole(scenario, outcome, items());
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

    private Databases open(FaultScenario scenario, Faults faults) {
        return Databases.builder()
                .add(scenario.settings()
                        .apply(settings().toBuilder().maxConnections(CAP).acquireTimeout(Duration.ofSeconds(2)))
                        .build())
                .backend(FaultyBackend.around(provider, faults))
                .build();
    }

    private static @Nullable Throwable outcome(FaultScenario scenario, Databases databases) {
        try {
            scenario.body().accept(databases);
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    private static void isOneOfOurs(@Nullable Throwable outcome, FailureKind kind) {
        boolean ours = outcome == null
                || outcome instanceof DatabaseException
                || outcome instanceof JdbcFailure
                || kind.isThrown(outcome);
        if (!ours) {
            throw new AssertionError("the scenario threw " + outcome, outcome);
        }
    }

    private static void isWhole(FaultScenario scenario, @Nullable Throwable outcome, Set<Integer> items) {
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
        if (!keepsStatements()) {
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

    /** {@return whether the layer takes a getter's or setter's error for one of its caller, as if an index or a type was wrong} */
    private boolean isOfTheCaller(FaultScenario scenario, JdbcCall struck, FailureKind kind) {
        String method = struck.method().substring(struck.method().indexOf('.') + 1);
        SQLException sample = kind.sample();
        return scenario.isOfTheView()
                && sample != null
                && backend().errorClassifier().classify(sample).kind() == ErrorKind.PROGRAMMING
                && (method.startsWith("get") || method.startsWith("set"));
    }

    private Backend backend() {
        return real.using("default").backend();
    }

    private boolean keepsStatements() {
        return backend().connector().statementCacheSize() > 0;
    }

    private Set<Integer> items() throws SQLException {
        try (Statement statement = plain.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
            Set<Integer> items = new TreeSet<>();
            while (rows.next()) {
                items.add(rows.getInt(1));
            }
            return items;
        }
    }

    private void empty() throws SQLException {
        if (!items().isEmpty()) {
            try (Statement statement = plain.createStatement()) {
                statement.execute("DELETE FROM item");
            }
        }
    }

    /** Throws if anything was broken in any run. */
    void verify() {
        violations.throwIfAny();
    }
}
