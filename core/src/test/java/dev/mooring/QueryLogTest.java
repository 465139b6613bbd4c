package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.IntegrityException;
import dev.mooring.error.InterfaceException;
import dev.mooring.error.ProgrammingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QueryLogTest {

    private static final Duration STEP = Duration.ofMillis(5);

    private final FakeSetup setup = new FakeSetup();

    @AfterEach
    void close() {
        assertThat(setup.counts().leased()).isZero();
        setup.close();
    }

    @Test
    void capturesNothingThatACursorDidNotSend() {
        try (CapturedQueries captured = setup.wrapper().captureQueries();
                Cursor cursor = setup.wrapper().cursor()) {
            cursor.execute("UPDATE a").executeMany("UPDATE c SET d = %s", List.of());
            cursor.execute("UPDATE b");
            assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> cursor.execute("UPDATE e", 1));

            assertThat(texts(captured.queries())).containsExactly("UPDATE a", "UPDATE b");
        }
    }

    @Test
    void capturesWhatTheDriverGotByWhateverWayInOrder() {
        DatabaseWrapper wrapper = setup.wrapper();
        wrapper.execute("UPDATE before");

        try (CapturedQueries captured = wrapper.captureQueries();
                Cursor cursor = wrapper.cursor()) {
            wrapper.query("SELECT 1");
            wrapper.execute("UPDATE a SET b = %s", 7);
            cursor.execute("SELECT 2").fetchAll();
            cursor.executeMany("UPDATE c SET d = %s", List.of(List.of(1), List.of(2)));
            try (Stream<Row> rows = wrapper.stream("SELECT 3")) {
                assertThat(rows).hasSize(1);
            }

            assertThat(texts(captured.queries()))
                    .containsExactly(
                            "SELECT 1",
                            "UPDATE a SET b = %s",
                            "SELECT 2",
                            "BEGIN",
                            "2 times: UPDATE c SET d = %s",
                            "COMMIT",
                            "BEGIN",
                            "SELECT 3",
                            "COMMIT");
            assertThat(captured.queries())
                    .extracting(ExecutedQuery::isMany)
                    .containsExactly(false, false, false, false, true, false, false, false, false);
            assertThat(captured.queries()).extracting(ExecutedQuery::times).containsExactly(1, 1, 1, 1, 2, 1, 1, 1, 1);
        }
    }

    @Test
    void capturesWhatOtherLibrariesRun() throws SQLException {
        try (CapturedQueries captured = setup.wrapper().captureQueries();
                Connection connection = setup.databases().dataSource().getConnection();
                PreparedStatement update = connection.prepareStatement("UPDATE a SET b = ?");
                Statement statement = connection.createStatement()) {
            update.setObject(1, 7);
            update.execute();
            for (int i = 0; i < 3; i++) {
                update.setObject(1, i);
                update.addBatch();
            }
            update.executeBatch();
            statement.executeQuery("SELECT 1");

            assertThat(texts(captured.queries()))
                    .containsExactly("UPDATE a SET b = ?", "3 times: UPDATE a SET b = ?", "SELECT 1");
        }
    }

    @Test
    @DisplayName(
            "A batch through the DataSource that fails is logged with the number of its statements, as every other")
    void capturesABatchOfOtherLibrariesThatFails() throws SQLException {
        setup.database.fail("batch UPDATE a", FakeDatabase.error("23505"));
        try (CapturedQueries captured = setup.wrapper().captureQueries();
                Connection connection = setup.databases().dataSource().getConnection();
                PreparedStatement update = connection.prepareStatement("UPDATE a")) {
            update.addBatch();
            update.addBatch();
            assertThatExceptionOfType(SQLException.class).isThrownBy(update::executeBatch);
            // The driver has emptied its batch.
            update.addBatch();
            update.executeBatch();

            assertThat(texts(captured.queries())).containsExactly("2 times: UPDATE a", "1 times: UPDATE a");
        }
    }

    @Test
    @DisplayName("An empty batch through the DataSource sends nothing, so nothing is logged")
    void capturesNothingOfAnEmptyBatch() throws SQLException {
        try (CapturedQueries captured = setup.wrapper().captureQueries();
                Connection connection = setup.databases().dataSource().getConnection();
                PreparedStatement update = connection.prepareStatement("UPDATE a")) {
            update.executeBatch();

            assertThat(captured.queries()).isEmpty();
        }
    }

    @Test
    void capturesWhatBeginsAndEndsTransactions() {
        DatabaseWrapper wrapper = setup.wrapper();

        try (CapturedQueries captured = wrapper.captureQueries()) {
            wrapper.atomic(() -> {
                wrapper.atomic(() -> {
                    wrapper.execute("UPDATE a");
                });
                FakeSetup.swallow(() -> wrapper.atomic(() -> {
                    throw new IllegalStateException("undo");
                }));
            });
            FakeSetup.swallow(() -> wrapper.atomic(() -> {
                throw new IllegalStateException("undo");
            }));

            assertThat(texts(captured.queries()))
                    .extracting(text -> text.replaceAll("s\\d+_x\\d+", "s"))
                    .containsExactly(
                            "BEGIN",
                            "SAVEPOINT s",
                            "UPDATE a",
                            "RELEASE SAVEPOINT s",
                            "SAVEPOINT s",
                            "ROLLBACK TO SAVEPOINT s",
                            "RELEASE SAVEPOINT s",
                            "COMMIT",
                            "BEGIN",
                            "ROLLBACK");
        }
    }

    @Test
    void capturesWhatFailed() {
        DatabaseWrapper wrapper = setup.wrapper();
        setup.database
                .fail("SELECT 1", FakeDatabase.error("42601"))
                .fail("SELECT 2", FakeDatabase.error("42601"))
                .fail("prepare SELECT 3", FakeDatabase.error("42601"))
                .fail("batch UPDATE a SET b = ?", FakeDatabase.error("23505"));

        try (CapturedQueries captured = wrapper.captureQueries();
                Cursor cursor = wrapper.cursor()) {
            assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> wrapper.query("SELECT 1"));
            assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> cursor.execute("SELECT 2"));
            assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> cursor.execute("SELECT 3"));
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> cursor.executeMany("UPDATE a SET b = %s", List.of(List.of(1))));

            assertThat(texts(captured.queries()))
                    .containsExactly("SELECT 1", "SELECT 2", "SELECT 3", "1 times: UPDATE a SET b = %s");
        }
    }

    @Test
    void doesNotCaptureWhatAnExecuteWrapperKeptBack() {
        DatabaseWrapper wrapper = setup.wrapper();

        try (CapturedQueries captured = wrapper.captureQueries();
                ExecuteWrapper.Scope scope = wrapper.executeWrapper(execution -> {
                    if (execution.sql().startsWith("SELECT")) {
                        execution.proceedAs(execution.sql() + " /* page */");
                    }
                })) {
            wrapper.execute("UPDATE a");
            wrapper.query("SELECT 1");

            assertThat(texts(captured.queries())).containsExactly("SELECT 1 /* page */");
        }
    }

    @Test
    void doesNotCaptureTheSetUpOfAConnection() {
        setup.builder.listener(new DatabaseListener() {
            @Override
            public void connectionCreated(DatabaseWrapper wrapper) {
                wrapper.execute("SET x = 1");
            }
        });

        try (CapturedQueries captured = setup.wrapper().captureQueries()) {
            setup.wrapper().query("SELECT 1");

            assertThat(texts(captured.queries())).containsExactly("SELECT 1");
        }
    }

    @Test
    void capturesUntilItIsClosedAndInEachThatIsOpen() {
        DatabaseWrapper wrapper = setup.wrapper();
        CapturedQueries outer = wrapper.captureQueries();
        wrapper.execute("UPDATE a");
        CapturedQueries inner = wrapper.captureQueries();
        wrapper.execute("UPDATE b");

        outer.close();
        outer.close();
        wrapper.execute("UPDATE c");
        inner.close();
        wrapper.execute("UPDATE d");

        assertThat(texts(outer.queries())).containsExactly("UPDATE a", "UPDATE b");
        assertThat(texts(inner.queries())).containsExactly("UPDATE b", "UPDATE c");
    }

    @Test
    void isClosedByNoForeignThread() throws InterruptedException {
        DatabaseWrapper wrapper = setup.wrapper();

        try (CapturedQueries captured = wrapper.captureQueries()) {
            assertThatExceptionOfType(InterfaceException.class)
                    .isThrownBy(() -> FakeSetup.onAnotherThread(() -> {
                        captured.close();
                        return null;
                    }))
                    .withMessageContaining("The wrapper of database 'default' belongs to thread '");
            wrapper.execute("UPDATE a");

            assertThat(texts(captured.queries())).containsExactly("UPDATE a");
        }
    }

    @Test
    void saysHowLongTheDriverTook() {
        DatabaseWrapper wrapper = setup.wrapper();

        try (CapturedQueries captured = wrapper.captureQueries()) {
            setup.time.advanceAtEachReading(STEP);
            wrapper.query("SELECT 1");
            setup.time.advanceAtEachReading(Duration.ZERO);

            assertThat(captured.queries().get(0).duration()).isEqualTo(STEP);
            assertThat(captured.queries().get(0)).hasToString("(0.005) SELECT 1");
        }
    }

    @Test
    void readsNoClockWhileNobodyWantsToKnow() {
        DatabaseWrapper wrapper = setup.wrapper();
        wrapper.execute("UPDATE a");
        setup.time.advanceAtEachReading(STEP);

        long before = setup.time.getAsLong();
        wrapper.query("SELECT 1");
        wrapper.execute("UPDATE a SET b = %s", 7);
        try (Cursor cursor = wrapper.cursor()) {
            cursor.execute("SELECT 2").fetchAll();
            cursor.executeMany("UPDATE c SET d = %s", List.of(List.of(1), List.of(2)));
        }
        wrapper.atomic(() -> {
            wrapper.execute("UPDATE a");
        });

        assertThat(setup.time.getAsLong() - before).isEqualTo(STEP.toNanos());
        setup.time.advanceAtEachReading(Duration.ZERO);
    }

    @Test
    void keepsNoQueriesUnlessTold() {
        setup.wrapper().execute("UPDATE a");

        assertThat(setup.wrapper().queries()).isEmpty();
    }

    @Test
    void keepsTheLastQueriesUpToTheLimit() { // BE-15, BE-16
        setup.with(settings -> settings.queriesLimit(3));
        DatabaseWrapper wrapper = setup.wrapper();

        for (int i = 1; i <= 3; i++) {
            wrapper.execute("UPDATE a" + i);
        }
        assertThat(texts(wrapper.queries())).containsExactly("UPDATE a1", "UPDATE a2", "UPDATE a3");
        wrapper.execute("UPDATE a4");

        assertThat(texts(wrapper.queries())).containsExactly("UPDATE a2", "UPDATE a3", "UPDATE a4");
        wrapper.resetQueries();
        assertThat(wrapper.queries()).isEmpty();
    }

    @Test
    void forgetsTheQueriesOfTheLastUnitOfWorkButNotWhatIsCaptured() {
        setup.with(settings -> settings.queriesLimit(3));
        CapturedQueries captured = setup.wrapper().captureQueries();
        setup.wrapper().execute("UPDATE a");

        try (UnitOfWork unit = setup.databases().unitOfWork()) {
            setup.wrapper().execute("UPDATE b");
            try (UnitOfWork nested = setup.databases().unitOfWork()) {
                setup.wrapper().execute("UPDATE c");
            }

            assertThat(texts(setup.wrapper().queries())).containsExactly("UPDATE b", "UPDATE c");
        }
        assertThat(texts(captured.queries())).containsExactly("UPDATE a", "UPDATE b", "UPDATE c");
    }

    @Test
    void failsNothingIfTheStackIsFullBeforeItCouldBegin() throws SQLException {
        DatabaseWrapper wrapper = setup.wrapper();

        try (CapturedQueries captured = wrapper.captureQueries();
                Lease lease = wrapper.hold();
                Cursor cursor = wrapper.cursor()) {
            setup.time.breaks(true);
            wrapper.atomic(() -> {
                wrapper.execute("UPDATE a");
            });
            cursor.execute("UPDATE b");
            cursor.executeMany("UPDATE c SET d = %s", List.of(List.of(1)));
            try (Connection connection = setup.databases().dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE d");
            }
            setup.time.breaks(false);
            wrapper.execute("UPDATE e");

            assertThat(texts(captured.queries())).containsExactly("UPDATE e");
        }
        assertThat(setup.database.drain())
                .contains("UPDATE a", "COMMIT", "UPDATE b", "UPDATE d", "UPDATE e")
                .doesNotContain("ROLLBACK");
        assertThat(setup.database.closed).hasValue(0);
    }

    private static List<String> texts(List<ExecutedQuery> queries) {
        return queries.stream().map(ExecutedQuery::text).toList();
    }
}
