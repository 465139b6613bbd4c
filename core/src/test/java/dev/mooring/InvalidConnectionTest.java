package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.config.LeaseScope;
import dev.mooring.error.OperationalException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that saw anything but a known-benign error: aborted, never handed on. */
class InvalidConnectionTest {

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;

    @AfterEach
    void close() {
        setup.close();
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                error("08006"),
                error("57P01"),
                error("25P03"),
                error("XX000"),
                new java.sql.SQLException("no state"),
                new IllegalStateException("driver"),
                new StackOverflowError(),
                new OutOfMemoryError("no"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isAbortedWhenAStatementFails(Throwable failure) {
        database.fail("DO", failure);

        swallow(() -> setup.wrapper().execute("DO"));

        assertAborted();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isAbortedWhenPreparingFails(Throwable failure) {
        database.fail("prepare DO", failure);

        swallow(() -> setup.wrapper().execute("DO"));

        assertAborted();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isAbortedWhenPreparingForACursorFails(Throwable failure) {
        database.fail("prepare SELECT 1", failure);

        swallow(() -> setup.wrapper().cursor().execute("SELECT 1"));

        assertAborted();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isAbortedWhenReadingFails(Throwable failure) {
        database.fail("next SELECT 1", failure);

        swallow(() -> setup.wrapper().cursor().execute("SELECT 1").fetchOne());

        assertAborted();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isAbortedWhenClosingAStatementFails(Throwable failure) {
        database.fail("close SELECT 1", failure);

        swallow(() -> setup.wrapper().cursor().execute("SELECT 1").close());

        assertAborted();
    }

    @Test
    void isNotReadOnFrom() {
        database.rows("SELECT 1", List.of(List.of(1), List.of(2)));
        database.fail("DO", error("08006"));
        try (Cursor cursor = setup.wrapper().cursor().execute("SELECT 1")) {
            assertThat(cursor.fetchOne()).isNotNull();
            swallow(() -> setup.wrapper().execute("DO"));

            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(cursor::fetchOne)
                    .withMessageContaining("was lost; another takes its place");
        }

        assertAborted();
    }

    @Test
    @DisplayName("If the status of the transaction cannot be read after an error, the connection counts as lost")
    void isLostIfTheStatusCannotBeRead() {
        database.fail("DO", error("23505")).fail("status", error("XX000"));
        DatabaseWrapper wrapper = setup.wrapper();

        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(() -> wrapper.atomic(() -> swallow(() -> wrapper.execute("DO"))))
                .withMessageContaining("was lost inside atomic, so nothing was committed");

        assertAborted();
    }

    @ParameterizedTest
    @EnumSource(LeaseScope.class)
    void isAbortedUnderEveryScope(LeaseScope scope) {
        setup.with(s -> s.leaseScope(scope));
        database.fail("DO", error("08006"));

        try (UnitOfWork unit = setup.databases().unitOfWork()) {
            assertThat(unit).isNotNull();
            swallow(() -> setup.wrapper().execute("DO"));
            assertAborted();
            setup.wrapper().execute("DO");
        }

        assertThat(database.opened).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "40001", "57014", "22001", "0A000"})
    void isNotWhatABenignErrorLeaves(String state) {
        database.fail("DO", error(state));

        swallow(() -> setup.wrapper().execute("DO"));

        assertThat(database.closed).hasValue(0);
        assertThat(setup.counts().open()).isEqualTo(1);
    }

    @Test
    void freesItsPlaceEvenIfTheDriverCannotAbort() {
        setup.with(s -> s.maxConnections(1));
        database.fail("DO", error("08006")).fail("abort", new AbstractMethodError("abort"));

        swallow(() -> setup.wrapper().execute("DO"));

        assertThat(setup.counts().open()).isZero();
        assertThat(database.open()).isZero();
        assertThat(setup.wrapper().execute("DO")).isEqualTo(1);
    }

    private void assertAborted() {
        assertThat(database.aborted).hasValue(1);
        assertThat(database.open()).isZero();
        assertThat(setup.counts().open()).isZero();
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void isSoundAgainInItsUnitIfItHoldsTheData() {
        setup.with(s -> s.leaseScope(LeaseScope.REQUEST)).database.inMemory = true;
        DatabaseWrapper wrapper = setup.wrapper();
        setup.database.fail("DO", new StackOverflowError());

        try (UnitOfWork unit = setup.databases().unitOfWork()) {
            FakeSetup.swallow(() -> wrapper.execute("DO"));

            assertThat(wrapper.execute("DO")).isEqualTo(1);
            assertThat(setup.database.calls).containsExactly("DO", "ROLLBACK", "DO");
        }
    }

    @Test
    void isSavedTheNextTimeIfItHoldsTheDataAndSavingItBroke() {
        setup.database.inMemory = true;
        DatabaseWrapper wrapper = setup.wrapper();
        setup.database.fail("DO", new StackOverflowError("in the statement"));
        setup.database.fail("ROLLBACK", new StackOverflowError("in what follows"));
        FakeSetup.swallow(() -> wrapper.execute("DO"));

        assertThat(wrapper.execute("DO")).isEqualTo(1);

        assertThat(setup.database.closed).hasValue(0);
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    @DisplayName("does not come of a health check that fails: there is none where the connection holds the data")
    void isNotLookedForWhereTheConnectionHoldsTheData() {
        setup.database.inMemory = true;
        setup.wrapper().execute("DO");
        setup.advance(Duration.ofMinutes(1));
        setup.database.fail("probe", new StackOverflowError());

        assertThat(setup.wrapper().execute("DO")).isEqualTo(1);

        assertThat(setup.database.closed).hasValue(0);
    }

    @Test
    @DisplayName("that holds the data is reset for the next thread if its own died after an Error in the reset")
    void isResetForTheNextThreadIfItsOwnDiedAfterAnErrorInTheReset() throws Exception {
        setup.with(s -> s.leaseScope(LeaseScope.THREAD)).database.inMemory = true;
        Throwable broke = FakeSetup.onAnotherThread(() -> {
            Suspension suspended = setup.databases().using("default").suspend();
            setup.wrapper().execute("DO");
            setup.database.fail("reset", new StackOverflowError());
            return catchThrowable(suspended::close);
        });

        assertThat(setup.wrapper().execute("DO")).isEqualTo(1);

        assertThat(broke).isInstanceOf(StackOverflowError.class);
        assertThat(setup.database.resets).hasValue(2);
        assertThat(setup.database.closed).hasValue(0);
    }
}
