package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.LeaseTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a connection of the {@code DataSource} does outside {@code atomic}: by itself, and in transactions of its own. */
class DataSourceTransactionTest extends DataSourceFixture {

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
}
