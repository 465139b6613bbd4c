package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of connections of the {@code DataSource} that are left open, closed behind their back or aborted. */
class DataSourceLeakTest extends DataSourceFixture {

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
    void isLeftAloneByTheUnitAroundItsTransactionAndThoseInside() throws SQLException {
        Databases databases = setup.databases();
        try (Connection connection = connection()) {
            try (UnitOfWork around = databases.using("default").unitOfTransaction()) {
                connection.setAutoCommit(false);
                run(connection, "DO");
                try (UnitOfWork inside = databases.unitOfWork()) {
                    databases.execute("DO");
                    databases.using("replica").execute("SET x");
                    assertThat(databases.using("replica").counts().leased()).isEqualTo(1);
                }
                databases.<SQLException>request(() -> run(connection, "DO"));
                connection.commit();
            }
            assertThat(databases.using("replica").counts().leased()).isZero();
            assertThat(databases.get().unfinished()).doesNotContain("a unit of work");
            assertThat(connection.isClosed()).isFalse();
        }
        assertThat(database.drain()).containsSubsequence("BEGIN", "DO", "DO", "DO", "COMMIT");
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void isClosedEvenIfThatFailsForAnother() throws SQLException {
        database.fail("ROLLBACK", error("08006"));
        List<Connection> leaked = new ArrayList<>();
        try (UnitOfWork unit = setup.databases().unitOfWork()) {
            for (int i = 0; i < 3; i++) {
                leaked.add(connection());
                leaked.get(i).setAutoCommit(i == 0);
                run(leaked.get(i), "DO");
            }
        }

        assertThat(database.drain()).endsWith("BEGIN", "DO", "BEGIN", "DO", "ROLLBACK", "ROLLBACK");
        for (Connection each : leaked) {
            assertThat(each.isClosed()).isTrue();
        }
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
            assertThat(connection.isClosed()).isTrue();
            closed(() -> run(connection, "DO"));
        }
    }

    @Test
    void isClosedWithItsStatements() throws SQLException {
        database.fail("close DO", error("08006"));
        try (Connection connection = connection()) {
            assertThat(connection.prepareStatement("DO").execute()).isFalse();
        }
        assertThat(database.open()).isZero();
    }

    @Test
    void closesNoStatementsOfALostConnection() throws SQLException {
        SQLException untold = error("08006");
        database.fail("close DO", untold);
        try (Connection connection = connection()) {
            assertThat(connection.prepareStatement("DO").execute()).isFalse();
            setup.wrapper().close();
        }
        assertThatThrownBy(() -> database.failIfTold("close DO")).isSameAs(untold);
    }

    @Test
    void isAbortedByAnyThreadWhileItIsOpen() throws Exception {
        Connection connection = connection();
        run(connection, "DO");
        boolean aborted = FakeSetup.onAnotherThread(() -> {
            connection.abort(Runnable::run);
            return true;
        });
        assertThat(aborted).isTrue();
        assertThat(database.aborted).hasValue(1);
        connection.close();
        assertThat(database.closed).as("closed, not parked").hasValue(1);
        int before = database.aborted.get();
        connection.abort(Runnable::run);
        assertThat(database.aborted).hasValue(before);
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
