package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands before the objects of the driver, and what comes out of it if they fail. */
class DataSourceProxyTest extends DataSourceFixture {

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
}
