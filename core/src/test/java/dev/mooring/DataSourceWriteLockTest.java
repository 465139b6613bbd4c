package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.LeaseTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The write lock, as the connections of the {@code DataSource} take it and pass it on. */
class DataSourceWriteLockTest extends DataSourceFixture {

    private Connection one;
    private Connection two;

    @BeforeEach
    void open() throws SQLException {
        database.hasWriteLock = true;
        one = connection();
        two = connection();
    }

    @AfterEach
    void close() throws SQLException {
        one.close();
        two.close();
    }

    @Test
    void passTheTurnAfterAStatement() throws SQLException {
        run(one, "INSERT");
        run(two, "INSERT");
        run(one, "INSERT");
    }

    @Test
    void takeTheTurnForABatch() throws SQLException {
        ResultSet unread = one.prepareStatement("INSERT").executeQuery();
        Statement batch = two.createStatement();
        batch.addBatch("INSERT");
        assertThatThrownBy(batch::executeBatch).hasCauseInstanceOf(LeaseTimeoutException.class);
        unread.close();
    }

    @Test
    void keepTheTurnUntilTheRowsAreClosed() throws SQLException {
        ResultSet rows = one.prepareStatement("INSERT").executeQuery();
        hasNoTurn(two);
        rows.close();
        rows.close();
        run(two, "INSERT");
    }

    @Test
    void keepTheTurnUntilTheStatementIsClosed() throws SQLException {
        PreparedStatement statement = one.prepareStatement("SELECT insert()");
        assertThat(statement.execute()).isTrue();
        hasNoTurn(two);
        statement.close();
        run(two, "INSERT");
    }

    @Test
    void keepTheTurnUntilTheStatementIsRunAgain() throws SQLException {
        PreparedStatement statement = one.prepareStatement("INSERT");
        statement.executeQuery();
        statement.executeQuery();
        hasNoTurn(two);
        statement.execute();
        run(two, "INSERT");
    }

    @Test
    void keepTheTurnUntilTheyAreClosed() throws SQLException {
        run(two, "INSERT");
        one.prepareStatement("INSERT").executeQuery();
        hasNoTurn(two);
        one.close();
        run(two, "INSERT");
    }

    @Test
    void keepTheTurnInATransactionThatWrites() throws SQLException {
        one.setAutoCommit(false);
        run(one, "INSERT");
        hasNoTurn(two);
        one.commit();
        run(two, "INSERT");
    }

    @Test
    void takeNoTurnForATransactionThatReads() throws SQLException {
        one.setReadOnly(true);
        assertThat(one.isReadOnly()).isTrue();
        one.setAutoCommit(false);
        one.setSavepoint();
        run(two, "INSERT");
    }

    @Test
    void takeNoTurnForOneThatIsToReadOnceItWasTurnedOn() throws SQLException {
        one.setAutoCommit(false);
        one.setReadOnly(true);
        one.setSavepoint();
        run(two, "INSERT");
    }

    @Test
    void takeTheTurnForATransactionBeforeTheLease() throws SQLException {
        ResultSet unread = two.prepareStatement("INSERT").executeQuery();
        one.setAutoCommit(false);
        assertThatThrownBy(one::createStatement).hasCauseInstanceOf(LeaseTimeoutException.class);
        assertThat(setup.counts().leased()).isEqualTo(1);
        unread.close();
    }

    private void hasNoTurn(Connection connection) {
        assertThatThrownBy(() -> run(connection, "INSERT"))
                .hasCauseInstanceOf(LeaseTimeoutException.class)
                .hasMessageContaining("could never end");
    }
}
