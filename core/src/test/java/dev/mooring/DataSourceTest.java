package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.config.LeaseScope;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The view for other libraries: what its connections join, what they refuse, and what becomes of errors and leaks. */
class DataSourceTest {

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;
    private final String savepoint = "s" + Thread.currentThread().getId() + "_x";

    @AfterEach
    void everyLeaseWasGivenBack() {
        assertThat(setup.counts().leased()).isZero();
        setup.close();
        assertThat(database.open()).isZero();
    }

    @Nested
    class InsideAtomic {

        @Test
        void joins() throws SQLException {
            setup.wrapper().atomic(() -> {
                setup.wrapper().execute("DO");
                try (Connection connection = connection()) {
                    assertThat(connection.getAutoCommit()).isFalse();
                    run(connection, "DO too");
                }
            });

            assertThat(database.drain()).containsExactly("BEGIN", "DO", "DO too", "COMMIT");
            assertThat(database.opened).hasValue(1);
        }

        @Test
        void endsNothing() throws SQLException {
            setup.wrapper().atomic(() -> {
                try (Connection connection = connection()) {
                    run(connection, "DO");
                    refused(connection::commit, "Could not commit on database 'default' inside atomic");
                    refused(() -> connection.setAutoCommit(true), "turn autocommit on");
                    refused(() -> connection.setAutoCommit(false), "turn autocommit off");
                }
            });

            assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT");
        }

        @Test
        void isRolledBackIfARollbackWasRefused() throws SQLException {
            List<Throwable> seen = new ArrayList<>();
            setup.wrapper().<SQLException>atomic(() -> {
                try (Connection connection = connection()) {
                    run(connection, "DO");
                    refused(connection::rollback, "Could not roll back on database 'default' inside atomic");
                    collect(() -> setup.wrapper().execute("DO"), seen);
                    collect(() -> run(connection, "DO"), seen);
                }
            });

            assertThat(database.drain()).containsExactly("BEGIN", "DO", "ROLLBACK");
            assertThat(seen.get(0)).isInstanceOf(TransactionManagementException.class);
            assertThat(seen.get(1))
                    .isInstanceOf(SQLException.class)
                    .hasCauseInstanceOf(TransactionManagementException.class);
            assertThat(((SQLException) seen.get(1)).getSQLState()).isEqualTo("25000");
        }

        @Test
        void setsSavepoints() throws SQLException {
            setup.wrapper().atomic(() -> {
                try (Connection connection = connection()) {
                    Savepoint one = connection.setSavepoint();
                    Savepoint named = connection.setSavepoint("mine");
                    assertThat(one.getSavepointId()).isEqualTo(1);
                    assertThat(named.getSavepointName()).isEqualTo("mine");
                    connection.rollback(named);
                    connection.releaseSavepoint(one);
                }
            });

            assertThat(database.drain())
                    .containsExactly(
                            "BEGIN",
                            "SAVEPOINT " + savepoint + 1,
                            "SAVEPOINT " + savepoint + 2,
                            "ROLLBACK TO SAVEPOINT " + savepoint + 2,
                            "RELEASE SAVEPOINT " + savepoint + 1,
                            "COMMIT");
        }

        @Test
        void leavesTheIsolationAlone() throws SQLException {
            setup.wrapper().atomic(() -> {
                try (Connection connection = connection()) {
                    refused(() -> connection.setTransactionIsolation(8), "set the isolation");
                    refused(() -> connection.setReadOnly(true), "read-only");
                    connection.setReadOnly(false);
                }
            });
        }

        @Test
        void isNotCommittedIfAnErrorWasSwallowed() {
            database.fail("DO", error("23505"));
            database.status = TransactionStatus.FAILED;

            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> setup.wrapper().<SQLException>atomic(() -> {
                        try (Connection connection = connection()) {
                            swallow(() -> run(connection, "DO"));
                        }
                    }))
                    .withMessageContaining("swallowed");
            assertThat(database.drain()).endsWith("ROLLBACK");
        }

        @Test
        void joinsEvenIfTakenBefore() throws SQLException {
            try (Connection connection = connection()) {
                run(connection, "DO");
                setup.wrapper().<SQLException>atomic(() -> {
                    run(connection, "DO too");
                    refused(connection::commit, "inside atomic");
                });
                run(connection, "DO");
            }

            assertThat(database.drain()).containsExactly("DO", "BEGIN", "DO too", "COMMIT", "DO");
        }
    }

    @Nested
    class WithAutocommitOn {

        @Test
        void leasesWhenSomethingIsDoneAndNotBefore() throws SQLException {
            try (Connection connection = connection()) {
                assertThat(setup.counts().leased()).isZero();
                run(connection, "DO");
                assertThat(setup.counts().leased()).isEqualTo(1);
            }
        }

        @Test
        void isTheThreadsOwnSession() throws SQLException {
            try (Connection connection = connection()) {
                run(connection, "DO");
                setup.wrapper().execute("DO");
            }

            assertThat(database.opened).hasValue(1);
        }

        @Test
        void hasNothingToEnd() throws SQLException {
            try (Connection connection = connection()) {
                refused(connection::commit, "with autocommit on");
                refused(connection::rollback, "with autocommit on");
                refused(connection::setSavepoint, "with autocommit on");
                connection.setAutoCommit(true);
            }
        }

        @Test
        void keepsAChangedSessionFromOthers() throws SQLException {
            try (Connection connection = connection()) {
                run(connection, "SET a");
            }

            assertThat(database.resets).hasValue(1);
            assertThat(database.open()).isEqualTo(1);
        }

        @Test
        void knowsWhatTheDriverSetsWithSql() throws SQLException {
            try (Connection connection = connection()) {
                connection.setSchema("shop");
            }

            assertThat(database.resets).hasValue(1);
            assertThat(database.open()).isEqualTo(1);
        }

        @Test
        void endsASessionThatNoResetSetsBack() throws SQLException {
            try (Connection connection = connection()) {
                connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
            }

            assertThat(database.resets).hasValue(0);
            assertThat(database.open()).isZero();
        }

        @Test
        void namesItsStatementToThoseWhoWait() throws SQLException {
            setup.with(s -> s.maxConnections(1));
            try (Connection connection = connection()) {
                run(connection, "DO something");
                try (Connection second = connection()) {
                    assertThatThrownBy(() -> run(second, "DO"))
                            .isInstanceOf(SQLTransientConnectionException.class)
                            .hasCauseInstanceOf(LeaseTimeoutException.class)
                            .hasMessageContaining("could never end")
                            .hasMessageContaining("DO something");
                }
            }
        }
    }

    @Nested
    class WithAutocommitOff {

        @Test
        void beginsWithTheFirstStatement() throws SQLException {
            try (Connection connection = connection()) {
                connection.setAutoCommit(false);
                assertThat(database.drain()).isEmpty();
                run(connection, "DO");
                connection.commit();
                run(connection, "DO");
                connection.rollback();
                assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT", "BEGIN", "DO", "ROLLBACK");
            }
            assertThat(setup.wrapper().transaction().getAutocommit()).isTrue();
        }

        @Test
        void isRolledBackByClosing() throws SQLException {
            try (Connection connection = connection()) {
                connection.setAutoCommit(false);
                run(connection, "DO");
            }

            assertThat(database.drain()).containsExactly("BEGIN", "DO", "ROLLBACK");
            assertThat(setup.wrapper().transaction().getAutocommit()).isTrue();
        }

        @Test
        void isCommittedByTurningItOn() throws SQLException {
            try (Connection connection = connection()) {
                connection.setAutoCommit(false);
                run(connection, "DO");
                connection.setAutoCommit(true);
                run(connection, "DO");
            }

            assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT", "DO");
        }

        @Test
        void takesTheThreadsOwnWorkIn() throws SQLException {
            List<String> ran = new ArrayList<>();
            try (Connection connection = connection()) {
                connection.setAutoCommit(false);
                run(connection, "DO");
                setup.wrapper().execute("DO too");
                setup.wrapper().atomic(() -> {
                    setup.wrapper().onCommit(() -> ran.add("hook"));
                });
                connection.commit();
                assertThat(ran).isEmpty();
                connection.setAutoCommit(true);
            }

            assertThat(ran).containsExactly("hook");
            assertThat(database.drain())
                    .containsExactly(
                            "BEGIN",
                            "DO",
                            "DO too",
                            "SAVEPOINT " + savepoint + 1,
                            "RELEASE SAVEPOINT " + savepoint + 1,
                            "COMMIT");
        }

        @Test
        void isNotEndedByOneThatJoinedIt() throws SQLException {
            Transaction transaction = setup.wrapper().transaction();
            transaction.setAutocommit(false);
            try (Connection connection = connection()) {
                run(connection, "DO");
                refused(connection::commit, "databases.transaction()");
                refused(() -> connection.setAutoCommit(true), "databases.transaction()");
            }
            transaction.commit();
            transaction.setAutocommit(true);

            assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT");
        }

        @Test
        void isTheUnitsToEndIfItsConnectionIsClosedInsideAtomic() throws SQLException {
            try (UnitOfWork unit = setup.databases().unitOfWork()) {
                Connection connection = connection();
                connection.setAutoCommit(false);
                run(connection, "DO");
                try (AtomicBlock block = setup.wrapper().beginAtomic()) {
                    connection.close();
                    block.commit();
                }
            }

            assertThat(database.drain())
                    .containsExactly(
                            "BEGIN",
                            "DO",
                            "SAVEPOINT " + savepoint + 1,
                            "ROLLBACK TO SAVEPOINT " + savepoint + 1,
                            "RELEASE SAVEPOINT " + savepoint + 1,
                            "ROLLBACK");
        }

        @Test
        void throwsTheDriversOwnErrorIfTheCommitIsRefused() throws SQLException {
            SQLException conflict = error("40001");
            database.fail("COMMIT", conflict);
            try (Connection connection = connection()) {
                connection.setAutoCommit(false);
                run(connection, "DO");
                assertThatThrownBy(connection::commit).isSameAs(conflict);
                connection.setAutoCommit(true);
            }
        }

        @Test
        void saysSoIfTheOutcomeOfTheCommitIsUnknown() throws SQLException {
            database.fail("COMMIT", error("08006"));
            try (Connection connection = connection()) {
                connection.setAutoCommit(false);
                run(connection, "DO");
                assertThatThrownBy(connection::commit)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("08007"));
            }
            assertThat(database.open()).isZero();
        }
    }

    @Nested
    class SeveralAtOnce {

        @Test
        void knowNothingOfEachOther() throws SQLException {
            try (Connection one = connection();
                    Connection two = connection()) {
                one.setAutoCommit(false);
                run(one, "DO");
                assertThat(two.getAutoCommit()).isTrue();
                run(two, "DO too");
                one.rollback();
            }

            assertThat(database.opened).hasValue(2);
            assertThat(database.drain()).containsExactly("BEGIN", "DO", "DO too", "ROLLBACK");
            assertThat(setup.counts().open()).isEqualTo(2);
        }

        @ParameterizedTest
        @EnumSource(LeaseScope.class)
        void areAllGivenBackWhateverTheScope(LeaseScope scope) throws SQLException {
            setup.with(s -> s.leaseScope(scope));
            try (UnitOfWork unit = setup.databases().unitOfWork();
                    Connection one = connection();
                    Connection two = connection()) {
                run(one, "DO");
                run(two, "DO");
                two.close();
                assertThat(setup.counts().leased()).isEqualTo(1);
            }
            setup.wrapper().close();
        }

        @Test
        void areOneWhereThereIsOneAlone() throws SQLException {
            database.holdsTheData = true;
            try (Connection one = connection();
                    Connection two = connection()) {
                one.setAutoCommit(false);
                two.setAutoCommit(false);
                run(one, "DO");
                run(two, "DO too");
                two.commit();
            }

            assertThat(database.opened).hasValue(1);
            assertThat(database.drain()).containsExactly("BEGIN", "DO", "DO too", "COMMIT");
        }

        @Test
        void areTheAtomicsInsideIt() throws SQLException {
            setup.wrapper().atomic(() -> {
                try (Connection one = connection();
                        Connection two = connection()) {
                    run(one, "DO");
                    run(two, "DO too");
                }
            });

            assertThat(database.drain()).containsExactly("BEGIN", "DO", "DO too", "COMMIT");
        }
    }

    @Nested
    class LeftOpen {

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void isClosedAtTheEndOfTheUnit(boolean second) throws SQLException {
            Connection first;
            Connection leaked;
            try (UnitOfWork unit = setup.databases().unitOfWork()) {
                first = connection();
                leaked = second ? connection() : first;
                leaked.setAutoCommit(false);
                run(leaked, "DO");
            }

            assertThat(database.drain()).containsExactly("BEGIN", "DO", "ROLLBACK");
            assertThat(setup.counts().leased()).isZero();
            assertThat(leaked.isClosed()).isTrue();
            assertThat(leaked.isValid(1)).isFalse();
            closed(leaked::createStatement);
            leaked.close();
        }

        @Test
        void isForgottenByItsStatements() throws SQLException {
            Statement statement;
            ResultSet rows;
            try (Connection connection = connection()) {
                statement = connection.prepareStatement("SELECT 1");
                rows = ((PreparedStatement) statement).executeQuery();
            }

            closed(rows::next);
            closed(() -> statement.execute("DO"));
            assertThat(statement.isClosed()).isTrue();
            assertThat(rows.isClosed()).isTrue();
            rows.close();
            statement.close();
        }

        @Test
        void isLostIfTheWrapperIsClosed() throws SQLException {
            try (Connection connection = connection()) {
                run(connection, "DO");
                setup.wrapper().close();
                closed(() -> run(connection, "DO"));
            }
        }

        @Test
        void isTakenBackFromADeadThread() throws Exception {
            setup.with(s -> s.maxConnections(1));
            Connection unused = FakeSetup.onAnotherThread(() -> {
                Connection leaked = connection();
                run(leaked, "DO");
                return leaked;
            });

            setup.wrapper().execute("DO");

            assertThat(setup.counts().reclaimed()).isEqualTo(1);
        }
    }

    @Nested
    class Errors {

        @Test
        void comeOutAsTheDriverMadeThem() throws SQLException {
            SQLException duplicate = error("23505");
            database.fail("DO", duplicate);
            try (Connection connection = connection()) {
                assertThatThrownBy(() -> run(connection, "DO")).isSameAs(duplicate);
                run(connection, "DO");
            }
            assertThat(database.opened).hasValue(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"DO", "prepare DO"})
        void condemnTheConnectionUnlessTheyAreBenign(String failing) throws SQLException {
            database.fail(failing, error("08006"));
            try (Connection connection = connection()) {
                swallow(() -> run(connection, "DO"));
                assertThat(connection.isValid(1)).isFalse();
            }
            assertThat(database.open()).isZero();
        }

        @Test
        void condemnTheConnectionWhileRowsAreRead() throws SQLException {
            database.fail("next SELECT 1", new StackOverflowError());
            try (Connection connection = connection();
                    ResultSet rows = connection.prepareStatement("SELECT 1").executeQuery()) {
                assertThatThrownBy(rows::next).isInstanceOf(StackOverflowError.class);
            }
            assertThat(database.open()).isZero();
        }

        @Test
        void sayWhereToTakeANewConnectionFrom() {
            database.fail("connect", error("28P01"));

            assertThatThrownBy(() -> run(connection(), "DO"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"))
                    .hasMessageContaining("Could not connect to database 'default'");
        }
    }

    @Nested
    class Proxies {

        @Test
        void leadBackToEachOther() throws SQLException {
            try (Connection connection = connection();
                    PreparedStatement statement = connection.prepareStatement("SELECT 1");
                    ResultSet rows = statement.executeQuery()) {
                assertThat(statement.getConnection()).isSameAs(connection);
                assertThat(rows.getStatement()).isSameAs(statement);
                assertThat(java.util.Set.of(connection)).contains(statement.getConnection());
                assertThat(connection.toString()).contains("default");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getObject(1)).isEqualTo(1);
            }
        }

        @Test
        void showTheDriversOwnToThoseWhoAskAndThenLetItGo() throws SQLException {
            try (Connection connection = connection()) {
                assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
                assertThat(connection.isWrapperFor(FakeConnection.class)).isTrue();
                assertThat(connection.unwrap(FakeConnection.class)).isNotNull();
                assertThatThrownBy(() -> connection.unwrap(List.class)).isInstanceOf(SQLException.class);
            }
            assertThat(database.open()).isZero();
        }

        @Test
        void areForTheirThread() throws Exception {
            try (Connection connection = connection()) {
                assertThatThrownBy(() -> FakeSetup.onAnotherThread(() -> {
                            run(connection, "DO");
                            return null;
                        }))
                        .hasStackTraceContaining("belongs to thread");
            }
        }

        @Test
        void runBatches() throws SQLException {
            try (Connection connection = connection();
                    PreparedStatement statement = connection.prepareStatement("DO")) {
                statement.setObject(1, 2);
                statement.addBatch();
                assertThat(statement.executeBatch()).hasSize(3);
            }
        }

        /** A method that answers to nothing would be one that was meant to. */
        @Test
        void haveNoMethodThatJdbcHasNot() {
            List<Class<?>> jdbc = List.of(
                    Connection.class, PreparedStatement.class, ResultSet.class, java.sql.DatabaseMetaData.class);
            for (Class<?> type :
                    List.of(JdbcConnection.class, JdbcStatement.class, JdbcReader.class, JdbcObject.class)) {
                assertThat(Arrays.stream(type.getDeclaredMethods())
                                .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
                                .filter(method -> !method.isSynthetic())
                                .filter(method -> !List.of("toString", "invoke").contains(method.getName())))
                        .allSatisfy(method -> assertThat(jdbc.stream()
                                        .flatMap(each -> Arrays.stream(each.getMethods()))
                                        .anyMatch(each -> each.getName().equals(method.getName())
                                                && Arrays.equals(each.getParameterTypes(), method.getParameterTypes())
                                                && each.getReturnType()
                                                        .isAssignableFrom(boxed(method.getReturnType(), each))))
                                .as(method.toString())
                                .isTrue());
            }
        }

        private static Class<?> boxed(Class<?> type, java.lang.reflect.Method of) {
            return type == Object.class ? of.getReturnType() : type;
        }

        @Test
        void takeNoUserAndNoPassword() {
            assertThatThrownBy(() -> dataSource().getConnection("me", "secret"))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
        }
    }

    private DataSource dataSource() {
        return setup.databases().dataSource();
    }

    private Connection connection() throws SQLException {
        return dataSource().getConnection();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private static void collect(ThrowingCallable failing, List<Throwable> seen) {
        try {
            failing.call();
        } catch (Throwable e) {
            seen.add(e);
        }
    }

    private static void refused(ThrowingCallable attempt, String message) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25000"))
                .hasMessageContaining(message);
    }

    private static void closed(ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    }
}
