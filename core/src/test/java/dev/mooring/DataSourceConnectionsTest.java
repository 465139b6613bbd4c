package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.LeaseScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several connections of the {@code DataSource} on one thread, and what becomes of those left open. */
class DataSourceConnectionsTest extends DataSourceFixture {

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
}
