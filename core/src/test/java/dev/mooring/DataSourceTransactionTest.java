package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The transactions of its own that a connection of the {@code DataSource} has outside {@code atomic}. */
class DataSourceTransactionTest extends DataSourceFixture {

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
    void hasSavepointsOfItsOwnAlone() throws SQLException {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            Savepoint one = connection.setSavepoint();
            Savepoint named = connection.setSavepoint("mine");
            assertThatThrownBy(one::getSavepointName).isInstanceOf(SQLException.class);
            assertThatThrownBy(named::getSavepointId).hasMessageContaining("mine");
            Savepoint foreign = (Savepoint) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Savepoint.class}, (self, method, arguments) -> null);
            assertThatThrownBy(() -> connection.rollback(foreign))
                    .hasMessageContaining("did not set in this transaction")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("3B001");
        }
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
            refused(connection::commit, "databases.get().transaction()");
            refused(() -> connection.setAutoCommit(true), "databases.get().transaction()");
        }
        assertThatThrownBy(transaction::commit)
                .hasMessageContaining("nothing can run or be committed until rollback()");
        transaction.rollback();
        transaction.setAutocommit(true);

        assertThat(database.drain()).containsExactly("BEGIN", "DO", "ROLLBACK");
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
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08007"));
        }
        assertThat(database.open()).isZero();
    }
}
