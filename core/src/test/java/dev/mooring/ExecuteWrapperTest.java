package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mooring.error.InterfaceException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecuteWrapperTest {

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void close() {
        assertThat(setup.counts().leased()).isZero();
        setup.close();
    }

    @Test
    void seesStatementsByWhateverWayTheyAreRun() {
        DatabaseWrapper wrapper = setup.wrapper();

        try (ExecuteWrapper.Scope scope = wrapper.executeWrapper(noting("w"));
                Cursor cursor = wrapper.cursor()) {
            wrapper.query("SELECT 1");
            wrapper.execute("UPDATE a SET b = %s", 7);
            cursor.execute("SELECT %s", "x").fetchAll();
            cursor.executeMany("UPDATE c SET d = %s", List.of(List.of(1), List.of(2)));
            try (Stream<Row> rows = wrapper.stream("SELECT 2")) {
                assertThat(rows).hasSize(1);
            }
        }

        assertThat(seen)
                .containsExactly(
                        "w: SELECT 1 []",
                        "w: UPDATE a SET b = %s [7]",
                        "w: SELECT %s [x]",
                        "w: UPDATE c SET d = %s [[1], [2]]",
                        "w: SELECT 2 []");
        assertThat(database.drain())
                .containsExactly(
                        "SELECT 1",
                        "UPDATE a SET b = ?",
                        "SELECT ?",
                        "BEGIN",
                        "batch UPDATE c SET d = ?",
                        "COMMIT",
                        "BEGIN",
                        "SELECT 2",
                        "COMMIT");
    }

    @Test
    void doesNotSeeWhatBeginsAndEndsTransactions() {
        try (ExecuteWrapper.Scope scope = setup.wrapper().executeWrapper(noting("w"))) {
            setup.wrapper().atomic(() -> {
                setup.wrapper().atomic(() -> {
                    setup.wrapper().execute("UPDATE a");
                });
            });
        }

        assertThat(seen).containsExactly("w: UPDATE a []");
    }

    @Test
    void standsInsideThoseInstalledBeforeAndThoseOfTheApplication() {
        setup.builder.executeWrapper(noting("first")).executeWrapper(noting("second"));

        try (ExecuteWrapper.Scope outer = setup.wrapper().executeWrapper(noting("third"));
                ExecuteWrapper.Scope inner = setup.wrapper().executeWrapper(noting("fourth"))) {
            setup.wrapper().execute("UPDATE a");
        }
        setup.databases().get("replica").execute("UPDATE b");

        assertThat(seen)
                .containsExactly(
                        "first: UPDATE a []",
                        "second: UPDATE a []",
                        "third: UPDATE a []",
                        "fourth: UPDATE a []",
                        "first: UPDATE b []",
                        "second: UPDATE b []");
    }

    @Test
    void isTakenOutByItsOwnScopeInWhateverOrder() {
        ExecuteWrapper.Scope outer = setup.wrapper().executeWrapper(noting("outer"));
        ExecuteWrapper.Scope inner = setup.wrapper().executeWrapper(noting("inner"));

        outer.close();
        outer.close();
        setup.wrapper().execute("UPDATE a");
        inner.close();
        setup.wrapper().execute("UPDATE b");

        assertThat(seen).containsExactly("inner: UPDATE a []");
    }

    @Test
    void mayAlterTheStatementForThoseInsideIt() {
        try (ExecuteWrapper.Scope outer = setup.wrapper()
                        .executeWrapper(execution -> execution.proceedAs(execution.sql() + " /* page */"));
                ExecuteWrapper.Scope middle = setup.wrapper().executeWrapper(execution -> {
                    if (!execution.isMany()) {
                        execution.proceedAs("DO %s " + execution.sql(), List.of("new"));
                    } else {
                        execution.proceed();
                    }
                });
                ExecuteWrapper.Scope inner = setup.wrapper().executeWrapper(noting("inner"));
                Cursor cursor = setup.wrapper().cursor()) {
            setup.wrapper().execute("UPDATE a");
            cursor.executeMany("UPDATE b SET c = %s", List.of(List.of(1), List.of(2)));
        }

        assertThat(seen)
                .containsExactly(
                        "inner: DO %s UPDATE a /* page */ [new]", "inner: UPDATE b SET c = %s /* page */ [[1], [2]]");
        assertThat(database.drain())
                .containsExactly("DO ? UPDATE a /* page */", "BEGIN", "batch UPDATE b SET c = ? /* page */", "COMMIT");
    }

    @Test
    void cannotPutOneListOfParametersInThePlaceOfMany() {
        try (ExecuteWrapper.Scope scope =
                        setup.wrapper().executeWrapper(execution -> execution.proceedAs("DO %s", List.of(1)));
                Cursor cursor = setup.wrapper().cursor()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> cursor.executeMany("UPDATE b SET c = %s", List.of(List.of(1))))
                    .withMessageContaining("alter its text with proceedAs(sql)");
        }

        assertThat(database.drain()).isEmpty();
    }

    @Test
    void mayRefuseAStatement() {
        try (ExecuteWrapper.Scope scope = setup.wrapper().executeWrapper(execution -> {
            throw new IllegalStateException("not now");
        })) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> setup.wrapper().query("SELECT 1"))
                    .withMessage("not now");
            assertThatIllegalStateException().isThrownBy(() -> setup.wrapper().execute("UPDATE a"));
        }

        assertThat(database.opened).hasValue(0);
        assertThat(setup.wrapper().query("SELECT 1")).hasSize(1);
    }

    @Test
    void mayKeepAStatementFromRunning() {
        Cursor cursor = setup.wrapper().cursor();
        cursor.execute("SELECT 1");
        database.drain();

        try (ExecuteWrapper.Scope scope = setup.wrapper().executeWrapper(execution -> {})) {
            assertThat(setup.wrapper().query("SELECT 1")).isEmpty();
            assertThat(setup.wrapper().execute("UPDATE a")).isZero();
            assertThat(cursor.execute("SELECT 2").fetchAll()).isEmpty();
            assertThat(cursor.columnNames()).isEmpty();
            assertThat(cursor.executeMany("UPDATE a SET b = %s", List.of(List.of(1)))
                            .rowCount())
                    .isEqualTo(-1);
        }

        assertThat(database.drain()).isEmpty();
    }

    @Test
    void mayRunAStatementAgain() {
        database.fail("SELECT 1", FakeDatabase.error("40001"));

        try (ExecuteWrapper.Scope scope = setup.wrapper().executeWrapper(execution -> {
            FakeSetup.swallow(execution::proceed);
            execution.proceed();
        })) {
            assertThat(setup.wrapper().query("SELECT 1")).hasSize(1);
        }

        assertThat(database.drain()).containsExactly("SELECT 1", "SELECT 1");
    }

    @Test
    void isForTheThreadOfItsWrapper() {
        DatabaseWrapper wrapper = setup.wrapper();

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> FakeSetup.onAnotherThread(() -> wrapper.executeWrapper(noting("w"))));

        try (ExecuteWrapper.Scope scope = wrapper.executeWrapper(noting("w"))) {
            assertThatExceptionOfType(InterfaceException.class)
                    .isThrownBy(() -> FakeSetup.onAnotherThread(() -> wrapper.query("SELECT 1")));
        }
        assertThat(seen).isEmpty();
    }

    private ExecuteWrapper noting(String name) {
        return execution -> {
            seen.add(name + ": " + execution.sql() + " "
                    + (execution.isMany() ? execution.batches() : execution.parameters()));
            execution.proceed();
        };
    }
}
