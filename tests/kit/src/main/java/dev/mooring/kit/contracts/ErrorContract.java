package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.Databases;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.IntegrityException;
import dev.mooring.kit.Fault;
import dev.mooring.kit.Faults;
import dev.mooring.kit.FaultyBackend;
import dev.mooring.spi.Connector;
import dev.mooring.spi.ErrorVerdict;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an error costs: nothing if the statement alone failed, the connection in all other cases. */
public abstract class ErrorContract extends Contract {

    /** For subclasses. */
    protected ErrorContract() {}

    @BeforeEach
    final void createItem() {
        databases.execute("DROP TABLE IF EXISTS item");
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY, name varchar(50) NOT NULL)");
        databases.execute("INSERT INTO item VALUES (1, 'a')");
    }

    @Test
    @DisplayName("ERR-01 A statement that fails costs no connection, and a duplicate or a missing value is an"
            + " IntegrityException")
    void keepsTheConnection() {
        long opened = databases.using("default").counts().opened();

        assertThat(catchThrowable(() -> databases.execute("INSERT INTO item VALUES (1, 'b')")))
                .isInstanceOf(IntegrityException.class);
        assertThat(catchThrowable(() -> databases.execute("INSERT INTO item VALUES (2, NULL)")))
                .isInstanceOf(IntegrityException.class);
        for (String wrong :
                List.of("SELECT * FROM nothing_there", "SELECT nothing_there FROM item", "SELECT FROM WHERE")) {
            assertThat(catchThrowable(() -> databases.query(wrong)))
                    .as(wrong)
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("'default'");
        }

        assertThat(databases.query(Integer.class, "SELECT id FROM item")).containsExactly(1);
        assertThat(databases.using("default").counts().opened()).isEqualTo(opened);
    }

    @Test
    @DisplayName("ERR-02 A block in which a statement failed is committed whole or not at all")
    void isWhole() {
        Throwable failure = catchThrowable(() -> databases.atomic(() -> {
            databases.execute("INSERT INTO item VALUES (2, 'b')");
            Throwable unused = catchThrowable(() -> databases.execute("INSERT INTO item VALUES (1, 'b')"));
            databases.execute("INSERT INTO item VALUES (3, 'c')");
        }));

        assertThat(databases.query(Integer.class, "SELECT id FROM item ORDER BY id"))
                .isEqualTo(failure == null ? List.of(1, 2, 3) : List.of(1));
    }

    @Test
    @DisplayName("ERR-03 A connection that is lost in a statement is closed and not used again")
    void closesALostConnection() {
        Faults faults = new Faults();
        try (Databases faulty = faulty(faults)) {
            faulty.query("SELECT id FROM item");
            long opened = faulty.using("default").counts().opened();
            faults.always(call -> call.says("SELECT name FROM item"), Fault.loseConnection());

            assertThat(catchThrowable(() -> faulty.query("SELECT name FROM item")))
                    .isInstanceOf(DatabaseException.class);
            faults.clear();

            assertThat(faulty.query(Integer.class, "SELECT id FROM item")).containsExactly(1);
            assertThat(faulty.using("default").counts().opened()).isEqualTo(opened + 1);
        }
    }

    @Test
    @DisplayName("ERR-04 A COMMIT whose connection was lost is reported as unknown, and the connection is closed")
    void doesNotGuessAboutALostCommit() {
        Faults faults = new Faults();
        try (Databases faulty = faulty(faults)) {
            Throwable failure = catchThrowable(() -> faulty.atomic(() -> {
                faulty.execute("INSERT INTO item VALUES (2, 'b')");
                faults.always(
                        call -> call.isOf("Connection.commit") || call.says("COMMIT"),
                        Fault.raise(() -> new SQLException("the answer was lost", "08006"))
                                .afterTheCall());
            }));
            faults.clear();

            assertThat(failure).isInstanceOf(CommitOutcomeUnknownException.class);
            assertThat(faulty.query(Integer.class, "SELECT id FROM item ORDER BY id"))
                    .containsExactly(1, 2);
        }
    }

    @Test
    @DisplayName("ERR-05 An error that the driver explains with no code costs the connection")
    void distrustsWhatItDoesNotKnow() {
        for (SQLException unknown : List.of(new SQLException("no code"), new SQLException("lost", "08006"))) {
            assertThat(classify(unknown).isBenign()).as(unknown.toString()).isFalse();
        }
    }

    @Test
    @DisplayName("ERR-06 Messages show no values of parameters")
    void hidesValues() {
        DatabaseException failure = catchThrowableOfType(DatabaseException.class, () -> {
            databases.execute("DROP TABLE IF EXISTS secrets");
            databases.execute("CREATE TABLE secrets (word varchar(50) PRIMARY KEY)");
            databases.execute("INSERT INTO secrets VALUES (%s)", "xyzzy-4711");
            databases.execute("INSERT INTO secrets VALUES (%s)", "xyzzy-4711");
        });

        assertThat(failure).isInstanceOf(IntegrityException.class);
        assertThat(failure.getMessage()).doesNotContain("xyzzy");
    }

    @Test
    @DisplayName("ERR-07 A new connection is in autocommit mode, and is usable until it is closed")
    void knowsWhetherAConnectionIsUsable() throws SQLException {
        Connector connector = databases.using("default").backend().connector();
        Duration second = Duration.ofSeconds(1);
        Connection connection = connector.open();
        try (connection) {
            connector.initialize(connection);
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connector.isUsable(connection, second)).isTrue();
        }

        assertThat(connector.isUsable(connection, second)).isFalse();
    }

    @Test
    @DisplayName("ERR-08 An error says that it rolled the transaction back if it did, and only then")
    void knowsWhatAnErrorRolledBack() throws SQLException {
        for (String failing : List.of(
                "INSERT INTO item VALUES (1, 'b')", "INSERT INTO item VALUES (3, NULL)", "SELECT id FROM nothing")) {
            try (Connection connection = backend().plain(settings().build());
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("INSERT INTO item VALUES (2, 'b')");
                SQLException error = catchThrowableOfType(SQLException.class, () -> statement.execute(failing));

                assertThat(classify(error).isRolledBack()).as(failing).isEqualTo(isGone(statement));
                connection.rollback();
            }
        }
    }

    /** {@return whether the row is gone that the transaction inserted} One that cannot go on has it, until it is rolled back. */
    private static boolean isGone(Statement statement) {
        try (ResultSet rows = statement.executeQuery("SELECT id FROM item WHERE id = 2")) {
            return !rows.next();
        } catch (SQLException e) {
            return false;
        }
    }

    private ErrorVerdict classify(SQLException error) {
        return databases.using("default").backend().errorClassifier().classify(error);
    }

    private Databases faulty(Faults faults) {
        return Databases.builder()
                .add(settings().build())
                .backend(FaultyBackend.around(backend().provider(), faults))
                .build();
    }
}
