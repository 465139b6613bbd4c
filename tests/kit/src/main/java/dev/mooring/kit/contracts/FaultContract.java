package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettingsBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every call of the driver that a use of the layer makes fails once, in every way: SQLite's own method of testing against failing
 * allocations, applied to JDBC. Afterwards what was done is whole or undone, nothing is open that should not be, and a connection
 * that cannot be trusted is closed and asked nothing.
 *
 * <p>All of that takes minutes, on a server half an hour, for most cases open a connection and wait until the server has seen
 * its end. So only some of the calls fail: one in {@link #step}, beginning with another one for each use. With
 * {@code -Dmooring.faults=1} it is every call.
 */
@Tag("faults")
@Tag("full")
public abstract class FaultContract extends Contract {

    /** So many calls at least the uses make, with one way of failing. */
    private static final int CALLS = 500;

    /** For subclasses. */
    protected FaultContract() {}

    /** {@return one call of how many fails, if the system property {@code mooring.faults} does not say so} */
    protected int step() {
        return Boolean.getBoolean("mooring.full") ? 1 : 36;
    }

    @Override
    protected DatabaseSettingsBuilder settings() {
        return backend().emptyDatabase(directory).toBuilder();
    }

    @BeforeEach
    final void createTables() throws SQLException {
        try (Connection plain = plain();
                Statement statement = plain.createStatement()) {
            statement.execute("CREATE TABLE item (id integer PRIMARY KEY)");
            statement.execute("CREATE TABLE seed (id integer PRIMARY KEY)");
            statement.execute("INSERT INTO seed VALUES (1), (2), (3), (4), (5)");
        }
    }

    @Test
    @DisplayName(
            "FLT-01 A connection may be lost at every call of the driver: what was done is whole or undone, nothing stays"
                    + " open, and the connection is not used again")
    void survivesLostConnections() throws SQLException {
        failAtEveryCall(FailureKind.lost());
    }

    @Test
    @DisplayName("FLT-02 The same holds if the database did what it was asked, and its answer is lost")
    void survivesLostAnswers() throws SQLException {
        failAtEveryCall(FailureKind.answerLost());
    }

    @Test
    @DisplayName("FLT-03 The same holds, but for the connection, if every call may fail as a duplicate key does")
    void survivesDuplicates() throws SQLException {
        failAtEveryCall(FailureKind.of(SampleError.DUPLICATE, backend()));
    }

    @Test
    @DisplayName(
            "FLT-04 The same holds, but for the connection, if every call may fail since another transaction is in the way")
    void survivesConflicts() throws SQLException {
        failAtEveryCall(FailureKind.of(SampleError.CONFLICT, backend()));
    }

    @Test
    @DisplayName("FLT-05 The same holds if the server may end the session at every call")
    void survivesEndedSessions() throws SQLException {
        failAtEveryCall(FailureKind.of(SampleError.SESSION_ENDED, backend()));
    }

    @Test
    @DisplayName("FLT-06 The same holds if the driver may throw an unchecked exception at every call, which goes on")
    void survivesMistakesOfTheDriver() throws SQLException {
        failAtEveryCall(FailureKind.unchecked());
    }

    @Test
    @DisplayName("FLT-07 The same holds if the stack may be full at every call of the driver")
    void survivesErrors() throws SQLException {
        failAtEveryCall(FailureKind.error());
    }

    /** With a connection parked, and with one yet to be opened. */
    private void failAtEveryCall(FailureKind kind) throws SQLException {
        int step = Integer.getInteger("mooring.faults", step());
        try (Connection plain = plain()) {
            FaultLoop loop = new FaultLoop(databases, backend(), plain, step);
            int cases = 0;
            for (FaultScenario scenario : FaultScenario.all(backend())) {
                cases += loop.run(scenario, kind, true) + loop.run(scenario, kind, false);
            }
            loop.verify();
            assertThat(cases).as("calls that failed").isGreaterThanOrEqualTo(CALLS / step);
        }
    }

    private Connection plain() throws SQLException {
        return backend().plain(databases.using("default").settings());
    }
}
