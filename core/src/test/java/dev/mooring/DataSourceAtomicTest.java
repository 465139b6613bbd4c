package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.TransactionManagementException;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a connection of the {@code DataSource} joins inside {@code atomic}, and what it refuses there. */
class DataSourceAtomicTest extends DataSourceFixture {

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
        rolledBack(() -> {
            try (Connection connection = connection()) {
                run(connection, "DO");
                connection.setAutoCommit(false);
                assertThat(connection.getAutoCommit()).isFalse();
                refused(connection::commit, "Could not commit on database 'default' inside atomic");
                refused(() -> connection.setAutoCommit(true), "turn autocommit on");
            }
        });

        assertThat(database.drain()).containsExactly("BEGIN", "DO", "ROLLBACK");
    }

    @Test
    void isRolledBackIfARollbackWasRefused() throws SQLException {
        List<Throwable> seen = new ArrayList<>();
        rolledBack(() -> {
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
    void isNotTakenForCommittedIfTheTransactionHadEnded() {
        database.status = TransactionStatus.NONE;

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> setup.wrapper().<SQLException>atomic(() -> {
                    try (Connection connection = connection()) {
                        run(connection, "SET a");
                    }
                }))
                .withMessageContaining("was ended by something other than the layer");
        assertThat(database.drain()).doesNotContain("COMMIT");
    }

    @Test
    void joinsEvenIfTakenBefore() throws SQLException {
        try (Connection connection = connection()) {
            run(connection, "DO");
            rolledBack(() -> {
                run(connection, "DO too");
                refused(connection::commit, "inside atomic");
            });
            run(connection, "DO");
        }

        assertThat(database.drain()).containsExactly("DO", "BEGIN", "DO too", "ROLLBACK", "DO");
    }

    private static void collect(ThrowingCallable failing, List<Throwable> seen) {
        try {
            failing.call();
        } catch (Throwable e) {
            seen.add(e);
        }
    }
}
