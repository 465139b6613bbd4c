package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of the {@code DataSource} when the driver fails, and what becomes of the connection. */
class DataSourceErrorTest extends DataSourceFixture {

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

    @Test
    void refuseANulBecauseDatabasesStopReadingThere() throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            String sql = "SELECT 1\0; DROP TABLE t";
            wrongText(() -> connection.prepareStatement(sql));
            wrongText(() -> connection.prepareCall(sql));
            wrongText(() -> statement.executeQuery(sql));
            wrongText(() -> statement.addBatch(sql));
            run(connection, "DO");
        }
        assertThat(database.drain()).containsExactly("DO");
        assertThat(database.opened).hasValue(1);
    }

    private static void wrongText(ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42000"))
                .hasMessage(
                        "The statement cannot be read: it holds a NUL character, after which databases stop reading;"
                                + " statement: SELECT 1\0; DROP TABLE t");
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
    @DisplayName("close() throws the driver's error if rolling back fails, and the connection is closed")
    void comeOutOfClose() throws SQLException {
        SQLException lost = error("08006");
        database.fail("ROLLBACK", lost);
        Connection connection = connection();
        connection.setAutoCommit(false);
        run(connection, "DO");

        assertThatThrownBy(connection::close).isSameAs(lost);

        assertThat(connection.isClosed()).isTrue();
        assertThat(database.open()).isZero();
    }

    @Test
    @DisplayName("An Error while a text is added to a batch leaves the connection to nobody else")
    void condemnTheConnectionWhileABatchIsMade() throws SQLException {
        database.fail("addBatch DO", new StackOverflowError());
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.addBatch("DO")).isInstanceOf(StackOverflowError.class);
        }
        assertThat(database.open()).isZero();
    }

    @Test
    @DisplayName("On a connection that an error has broken, no further statement is prepared")
    void prepareNothingOnAnInvalidConnection() throws SQLException {
        AtomicInteger prepared = new AtomicInteger();
        database.duringPrepare = sql -> prepared.incrementAndGet();
        database.fail("DO", error("08006"));
        try (Connection connection = connection()) {
            swallow(() -> run(connection, "DO"));
            assertThatThrownBy(() -> connection.prepareStatement("DO"))
                    .isInstanceOf(SQLNonTransientConnectionException.class)
                    .hasMessageContaining("The connection to database 'default' was lost");
        }
        assertThat(prepared).hasValue(1);
    }

    @Test
    void condemnTheConnectionWhileAParameterIsBound() throws SQLException {
        database.fail("bind 1 2", error("08006"));
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("DO")) {
            swallow(() -> statement.setObject(1, 2));
        }
        assertThat(database.open()).isZero();
    }

    /** Nothing was sent: the transaction is as it was, and is not asked about. */
    @Test
    void meanNothingIfThereIsNoSuchParameter() throws SQLException {
        database.fail("bind 1 2", error("42703"));
        setup.wrapper().<SQLException>atomic(() -> {
            try (Connection connection = connection();
                    PreparedStatement statement = connection.prepareStatement("DO")) {
                statement.execute();
                database.status = TransactionStatus.NONE;
                swallow(() -> statement.setObject(1, 2));
                database.status = TransactionStatus.UNKNOWN;
            }
        });

        assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT");
    }

    @Test
    void meanNothingIfTheDriverLacksSomething() throws SQLException {
        database.fail("DO", new SQLFeatureNotSupportedException());
        try (Connection connection = connection()) {
            swallow(() -> run(connection, "DO"));
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(database.open()).isEqualTo(1);
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
    void areOfTheClassThatTheMethodDeclares() throws SQLException {
        Connection connection = connection();
        connection.close();
        closed(connection::commit);
        closed(connection::getAutoCommit);
        assertThatThrownBy(() -> connection.setClientInfo("a", "b"))
                .isInstanceOf(SQLClientInfoException.class)
                .hasMessageContaining("is closed; take another");
    }

    @Test
    void areThoseOfAConnectionIfItWasLost() throws SQLException {
        database.fail("DO", error("08006"));
        try (Connection connection = connection()) {
            swallow(() -> run(connection, "DO"));
            assertThatThrownBy(() -> run(connection, "DO"))
                    .isInstanceOf(SQLNonTransientConnectionException.class)
                    .hasMessageContaining("was lost");
        }
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
