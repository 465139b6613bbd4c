package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.LeaseTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The writer's turn, as the connections of the {@code DataSource} take it and pass it on. */
class DataSourceTurnTest extends DataSourceFixture {

    @BeforeEach
    void oneWriter() {
        database.oneWriter = true;
    }

    @Test
    void passTheTurnAfterAStatement() throws SQLException {
        try (Connection one = connection();
                Connection two = connection()) {
            run(one, "INSERT");
            run(two, "INSERT");
            run(one, "INSERT");
        }
    }

    @Test
    void takeTheTurnForABatch() throws SQLException {
        try (Connection one = connection();
                Connection two = connection()) {
            ResultSet unread = one.prepareStatement("INSERT").executeQuery();
            Statement batch = two.createStatement();
            batch.addBatch("INSERT");
            assertThatThrownBy(batch::executeBatch).hasCauseInstanceOf(LeaseTimeoutException.class);
            unread.close();
        }
    }

    @Test
    void keepTheTurnUntilTheRowsAreClosed() throws SQLException {
        try (Connection one = connection();
                Connection two = connection()) {
            ResultSet rows = one.prepareStatement("INSERT").executeQuery();
            hasNoTurn(two);
            rows.close();
            rows.close();
            run(two, "INSERT");
        }
    }

    @Test
    void keepTheTurnUntilTheStatementIsClosed() throws SQLException {
        try (Connection one = connection();
                Connection two = connection()) {
            PreparedStatement statement = one.prepareStatement("SELECT insert()");
            assertThat(statement.execute()).isTrue();
            hasNoTurn(two);
            statement.close();
            run(two, "INSERT");
        }
    }

    @Test
    void keepTheTurnUntilTheStatementIsRunAgain() throws SQLException {
        try (Connection one = connection();
                Connection two = connection()) {
            PreparedStatement statement = one.prepareStatement("INSERT");
            statement.executeQuery();
            statement.executeQuery();
            hasNoTurn(two);
            statement.execute();
            run(two, "INSERT");
        }
    }

    @Test
    void keepTheTurnUntilTheyAreClosed() throws SQLException {
        try (Connection two = connection()) {
            run(two, "INSERT");
            try (Connection one = connection()) {
                one.prepareStatement("INSERT").executeQuery();
                hasNoTurn(two);
            }
            run(two, "INSERT");
        }
    }

    @Test
    void keepTheTurnInATransactionThatWrites() throws SQLException {
        try (Connection one = connection();
                Connection two = connection()) {
            one.setAutoCommit(false);
            run(one, "INSERT");
            hasNoTurn(two);
            one.commit();
            run(two, "INSERT");
        }
    }

    @Test
    void takeNoTurnForATransactionThatReads() throws SQLException {
        try (Connection one = connection();
                Connection two = connection()) {
            one.setReadOnly(true);
            assertThat(one.isReadOnly()).isTrue();
            one.setAutoCommit(false);
            one.setSavepoint();
            run(two, "INSERT");
        }
    }

    @Test
    void takeNoTurnForOneThatIsToReadOnceItWasTurnedOn() throws SQLException {
        try (Connection one = connection();
                Connection two = connection()) {
            one.setAutoCommit(false);
            one.setReadOnly(true);
            one.setSavepoint();
            run(two, "INSERT");
        }
    }

    @Test
    void takeTheTurnForATransactionBeforeTheLease() throws SQLException {
        try (Connection one = connection();
                Connection two = connection()) {
            ResultSet unread = two.prepareStatement("INSERT").executeQuery();
            one.setAutoCommit(false);
            assertThatThrownBy(one::createStatement).hasCauseInstanceOf(LeaseTimeoutException.class);
            assertThat(setup.counts().leased()).isEqualTo(1);
            unread.close();
        }
    }

    private void hasNoTurn(Connection connection) {
        assertThatThrownBy(() -> run(connection, "INSERT"))
                .hasCauseInstanceOf(LeaseTimeoutException.class)
                .hasMessageContaining("could never end");
    }
}
