package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.IntegrityException;
import dev.mooring.error.OperationalException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The housekeeper interrupts what takes longer than the backend says, and nothing else. */
class StatementTimeoutTest {

    private static final String SLOW = "SELECT slow";
    private static final Duration TOO_LONG = Duration.ofSeconds(61);

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;

    @BeforeEach
    void slowStatement() {
        database.statementTimeout = Duration.ofSeconds(60);
        database.rows(SLOW, List.of(List.of(1), List.of(2)));
        database.during = call -> {
            if (call.endsWith(SLOW)) {
                setup.advance(Duration.ZERO);
                setup.advance(TOO_LONG);
            }
        };
    }

    @AfterEach
    void close() {
        assertThat(setup.counts().leased()).isZero();
        setup.close();
    }

    @Test
    void interruptsAStatementAndSaysWhy() {
        database.fail(SLOW, FakeDatabase.error("57P01"));

        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(() -> setup.wrapper().query(SLOW))
                .withMessageContaining("within the 60000 ms of setting 'statementTimeout' on database 'default'");
        assertThat(database.interrupts.get()).isPositive();
    }

    @Test
    void interruptsACursorsStatement() {
        database.fail(SLOW, FakeDatabase.error("57P01"));

        try (Cursor cursor = setup.wrapper().cursor()) {
            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> cursor.execute(SLOW))
                    .withMessageContaining("setting 'statementTimeout'");
        }
    }

    @Test
    @DisplayName("A statement that takes too long to prepare is interrupted")
    void interruptsThePreparationOfAStatement() {
        interruptWhilePreparing();

        setup.wrapper().query("SELECT n");

        assertThat(database.interrupts).hasPositiveValue();
    }

    @Test
    @DisplayName("So is one that is prepared through the DataSource")
    void interruptsThePreparationOfAStatementOfTheDataSource() throws SQLException {
        interruptWhilePreparing();

        try (Connection connection = setup.databases().dataSource().getConnection();
                Statement statement = connection.prepareStatement("SELECT n")) {
            int interrupts = database.interrupts.get();
            assertThat(interrupts).isPositive();
            setup.advance(TOO_LONG);
            setup.advance(TOO_LONG);
            assertThat(database.interrupts).hasValue(interrupts);
            assertThat(statement.isClosed()).isFalse();
        }
    }

    private void interruptWhilePreparing() {
        database.duringPrepare = sql -> {
            setup.advance(Duration.ZERO);
            setup.advance(TOO_LONG);
        };
    }

    @Test
    void interruptsAStatementOfTheDataSourceAndTheSearchForItsRows() throws SQLException {
        try (Connection connection = setup.databases().dataSource().getConnection()) {
            ResultSet rows = connection.prepareStatement(SLOW).executeQuery();
            int interrupts = database.interrupts.get();
            assertThat(interrupts).isPositive();
            setup.advance(TOO_LONG);
            assertThat(database.interrupts).hasValue(interrupts);
            assertThat(rows.next()).isTrue();
            assertThat(database.interrupts).hasValueGreaterThan(interrupts);
        }
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName(
            "A batch of several texts through the DataSource may take as long as its statements one after the other")
    void givesABatchOfTextsTheTimeOfEachOfItsStatements() throws SQLException {
        database.during = call -> {
            if (call.startsWith("batch")) {
                setup.advance(Duration.ZERO);
                setup.advance(TOO_LONG);
            }
        };
        try (Connection connection = setup.databases().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.addBatch("DO");
            statement.addBatch("DO");
            statement.executeBatch();
            assertThat(database.interrupts).hasValue(0);

            statement.addBatch("DO");
            statement.clearBatch();
            statement.addBatch("DO");
            statement.executeBatch();
            assertThat(database.interrupts).hasPositiveValue();
        }
    }

    @Test
    void saysNothingOfItWhereItWasNotTheReason() {
        database.fail(SLOW, FakeDatabase.error("23505"));

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> setup.wrapper().query(SLOW))
                .withMessageNotContaining("statementTimeout");
    }

    @Test
    void toleratesAnInterruptThatFails() {
        database.fail("interrupt", FakeDatabase.error("08003"));

        assertThat(setup.wrapper().query(SLOW)).hasSize(2);
    }

    static Stream<Consumer<Cursor>> pauses() {
        return Stream.of(
                used -> used.execute("SELECT n"),
                used -> used.execute("SELECT n").fetchOne(),
                used -> used.execute("SELECT n").fetchAll(),
                used -> used.execute("SELECT n").close(),
                used -> used.execute("DO"),
                used -> used.executeMany("DO %s", List.of(List.of(1))));
    }

    @ParameterizedTest
    @MethodSource("pauses")
    void leavesACursorAloneThatIsNotInTheDriver(Consumer<Cursor> use) {
        DatabaseWrapper wrapper = setup.wrapper();
        try (Lease held = wrapper.hold();
                Cursor cursor = wrapper.cursor()) {
            assertThat(held).isNotNull();
            use.accept(cursor);
            setup.advance(TOO_LONG);
            setup.advance(TOO_LONG);
        }

        assertThat(database.interrupts).hasValue(0);
    }

    @Test
    void leavesAQueryAloneThatIsOver() {
        setup.wrapper().query("SELECT n");

        setup.advance(TOO_LONG);
        setup.advance(TOO_LONG);

        assertThat(database.interrupts).hasValue(0);
    }

    @Test
    void saysThatTheThreadWasInterrupted() {
        database.fail("SELECT 1", FakeDatabase.error("08006"));
        DatabaseWrapper wrapper = setup.wrapper();
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(() -> wrapper.query("SELECT 1"))
                .withMessageContaining("on an interrupted thread");

        assertThat(Thread.interrupted()).isTrue();
    }
}
