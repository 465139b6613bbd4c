package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.TransactionManagementException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** The view for other libraries on a {@link FakeDatabase}; each test ends with nothing leased. */
abstract class DataSourceFixture {

    final FakeSetup setup = new FakeSetup();
    final FakeDatabase database = setup.database;
    final String savepoint = "s" + Thread.currentThread().getId() + "_x";

    @AfterEach
    void everyLeaseWasGivenBack() {
        setup.closeAndVerify();
    }

    DataSource dataSource() {
        return setup.databases().dataSource();
    }

    Connection connection() throws SQLException {
        return dataSource().getConnection();
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    /** Runs a block whose end says that it was rolled back, since nothing was thrown inside it. */
    void rolledBack(AtomicRunnable<SQLException> block) {
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> setup.wrapper().atomic(block))
                .withMessageContaining("Rolled back an atomic block on database 'default'");
    }

    static void refused(ThrowingCallable attempt, String message) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25000"))
                .hasMessageContaining(message);
    }

    static void closed(ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    }
}
