package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.LeaseTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

/** A connection of the {@code DataSource} outside any transaction: what is leased, and what others get to see of it. */
class DataSourceAutocommitTest extends DataSourceFixture {

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
    void setsTheIsolationBack() throws SQLException {
        try (Connection connection = connection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        }

        assertThat(database.resets).hasValue(1);
        assertThat(database.open()).isEqualTo(1);
    }

    @Test
    void setsBackOneThatHoldsTheDataWhateverWasDoneToIt() throws SQLException {
        database.inMemory = true;
        try (Connection connection = connection()) {
            connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
        }

        assertThat(database.resets).hasValue(1);
        assertThat(database.open()).isEqualTo(1);
    }

    @Test
    void isValidForNoNegativeTime() throws SQLException {
        try (Connection connection = connection()) {
            assertThatThrownBy(() -> connection.isValid(-1)).hasMessageContaining("negative");
            assertThat(connection.isValid(0)).isTrue();
        }
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
