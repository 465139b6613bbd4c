package dev.mooring.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.spi.Connector;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteException;

class FaultsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Faults faults = new Faults();
    private Connector connector;

    @BeforeEach
    void open(@TempDir Path directory) {
        connector = FaultyBackend.around(new TinyBackend(), faults)
                .create(TinyBackend.settings(directory.resolve("db")).build())
                .connector();
    }

    @Test
    void strikeCallNumberKAndNoOther() throws SQLException {
        run();
        int calls = faults.calls().size();
        assertThat(calls).isGreaterThan(8);
        for (int k = 1; k <= calls; k++) {
            faults.clear();
            faults.atCall(k, Fault.sqlState("23505"));
            assertThatThrownBy(this::run)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
            assertThat(faults.struck().orElseThrow().number()).isEqualTo(k);
        }
        faults.clear();
        faults.atCall(calls + 1, Fault.sqlState("23505"));
        assertThatCode(this::run).doesNotThrowAnyException();
        assertThat(faults.struck()).isEmpty();
    }

    @Test
    void strikeTheNthCallOfAMethod() throws SQLException {
        try (Connection connection = connector.open()) {
            faults.atCallOf("Connection.createStatement", 2, Fault.sqlState("40001"));
            connection.createStatement().close();
            assertThatThrownBy(connection::createStatement).hasMessageContaining("40001");
            connection.createStatement().close();
        }
    }

    @Test
    void strikeByTheSqlOfAStatementAndOfItsRows() throws SQLException {
        try (Connection connection = connector.open();
                PreparedStatement statement = connection.prepareStatement("select 7")) {
            faults.when(call -> call.says("SELECT 7") && call.isOf("ResultSet.next"), 1, Fault.sqlState("57P01"));
            ResultSet rows = statement.executeQuery();
            assertThatThrownBy(rows::next).hasMessageContaining("57P01");
            assertThat(faults.struck().orElseThrow().sql()).isEqualTo("select 7");
        }
    }

    @Test
    void strikeEveryTimeIfToldSo() throws SQLException {
        faults.always(call -> call.isOf("Connector.open"), Fault.sqlState("53300"));
        assertThatThrownBy(connector::open).hasMessageContaining("53300");
        assertThatThrownBy(connector::open).hasMessageContaining("53300");
        faults.clear();
        connector.open().close();
    }

    static Stream<Supplier<Throwable>> failures() {
        return Stream.of(
                IllegalStateException::new,
                StackOverflowError::new,
                OutOfMemoryError::new,
                AssertionError::new,
                () -> new SQLException("no SQLSTATE"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void throwWhatTheyAreGiven(Supplier<Throwable> make) throws SQLException {
        Throwable failure = make.get();
        try (Connection connection = connector.open()) {
            faults.atCallOf("createStatement", 1, Fault.raise(() -> failure));
            assertThatThrownBy(connection::createStatement).isSameAs(failure);
        }
    }

    @Test
    void loseTheConnectionUnderneath() throws SQLException {
        Connection connection = connector.open();
        Connection real = connection.unwrap(SQLiteConnection.class);
        faults.atCallOf("createStatement", 1, Fault.loseConnection());
        assertThatThrownBy(connection::createStatement)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));
        assertThat(real.isClosed()).isTrue();
        assertThat(faults.openConnections()).as("nobody closed it").isEqualTo(1);
    }

    @Test
    void strikeAfterTheCallWhenItsWorkIsDone() throws SQLException {
        try (Connection connection = connector.open()) {
            run(connection, "CREATE TABLE t (a)");
            faults.when(call -> call.says("INSERT"), 1, Fault.sqlState("08006").afterTheCall());
            assertThatThrownBy(() -> run(connection, "INSERT INTO t VALUES (1)"))
                    .hasMessageContaining("08006");
            assertThat(count(connection, "SELECT count(*) FROM t")).isEqualTo(1);
        }
    }

    @Test
    void makeAConnectionUnusable() throws SQLException {
        try (Connection connection = connector.open()) {
            assertThat(connector.isUsable(connection, SECOND)).isTrue();
            faults.atCallOf("Connector.isUsable", 1, Fault.answer(false));
            assertThat(connector.isUsable(connection, SECOND)).isFalse();
            faults.atCallOf("Connector.isUsable", 1, Fault.sqlState("08006"));
            assertThat(connector.isUsable(connection, SECOND)).isFalse();
            assertThat(connector.isUsable(connection, SECOND)).isTrue();
        }
    }

    @Test
    void letTheDriverBeSeenThroughUnwrap() throws SQLException {
        try (Connection connection = connector.open();
                Statement statement = connection.createStatement()) {
            assertThat(connection.unwrap(SQLiteConnection.class)).isInstanceOf(SQLiteConnection.class);
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(statement.executeQuery("SELECT 1").getStatement()).isSameAs(statement);
            SQLiteConnection real = connection.unwrap(SQLiteConnection.class);
            assertThat(connection).isEqualTo(real).hasSameHashCodeAs(real);
        }
    }

    @Test
    void letTheDriversOwnErrorsPassAsTheyAre() throws SQLException {
        try (Connection connection = connector.open()) {
            assertThatThrownBy(() -> connection.prepareStatement("SELEC")).isInstanceOf(SQLiteException.class);
        }
    }

    @Test
    void countWhatIsOpen() throws SQLException {
        Connection connection = connector.open();
        Statement statement = connection.createStatement();
        int number = faults.calls().get(0).connection();
        assertThat(faults.openConnections()).isEqualTo(1);
        assertThat(faults.openStatements()).isEqualTo(1);
        assertThat(faults.isOpen(number)).isTrue();
        statement.close();
        assertThat(faults.openStatements()).isZero();
        connection.close();
        assertThat(faults.openConnections()).isZero();
        assertThat(faults.isOpen(number)).isFalse();
    }

    @Test
    void countAFailedCloseAsAClose() throws SQLException {
        Connection connection = connector.open();
        Connection real = connection.unwrap(SQLiteConnection.class);
        faults.atCallOf("Connection.close", 1, Fault.sqlState("08006"));
        assertThatThrownBy(connection::close).hasMessageContaining("08006");
        assertThat(faults.openConnections()).isZero();
        assertThat(real.isClosed()).isTrue();
    }

    private void run() throws SQLException {
        try (Connection connection = connector.open()) {
            connection.setAutoCommit(false);
            count(connection, "SELECT 1");
            connection.commit();
        }
    }

    private static int count(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
