package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.AtomicOptions;
import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.observing.SeenLog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SQL texts that begin and end transactions. */
@Tag("wrong-answers")
abstract class TransactionTextContract {

    private Databases databases;

    abstract DatabaseSettingsBuilder settings();

    /** {@return texts that begin or end a transaction here} */
    abstract List<String> controlling();

    /** {@return texts that only look like one of those} */
    abstract List<String> harmless();

    /** {@return texts that begin a transaction here} */
    List<String> beginning() {
        return List.of("BEGIN", "/* c */ begin transaction");
    }

    static Stream<Way> ways() {
        return Stream.of(Way.values());
    }

    @BeforeEach
    void open() {
        databases = Databases.of(settings().build());
        databases.execute("DROP TABLE IF EXISTS texts");
        databases.execute("CREATE TABLE texts (id integer PRIMARY KEY, note varchar(200))");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @ParameterizedTest
    @MethodSource("ways")
    @DisplayName("A text that begins or ends a transaction is refused in atomic, and nothing of the block is kept")
    void refusesInAtomic(Way way) {
        List<String> hooks = new ArrayList<>();
        for (String text : controlling()) {
            assertThatThrownBy(() -> databases.<Exception>atomic(() -> {
                        databases.onCommit(() -> hooks.add(text));
                        insert(1);
                        way.run(databases, text);
                        insert(2);
                    }))
                    .as(text)
                    .hasMessageContaining("Could not run ")
                    .hasMessageContaining("atomic, which begins and ends it");
            assertThat(ids()).as(text).isEmpty();
        }
        assertThat(hooks).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    @DisplayName("What a refused COMMIT or ROLLBACK was to end is not committed by the block around it either")
    void doesNotCommitAfterASwallowedRefusal(Way way) {
        databases.atomic(() -> {
            insert(1);
            assertThatThrownBy(() -> way.run(databases, "ROLLBACK")).hasMessageContaining("ROLLBACK");
            assertThatExceptionOfType(TransactionManagementException.class).isThrownBy(() -> insert(2));
        });

        assertThat(ids()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    @DisplayName("With autocommit off the way to end a transaction is commit() and rollback(), and a text is refused")
    void refusesByHand(Way way) {
        for (String text : controlling()) {
            databases.get().transaction().setAutocommit(false);
            insert(1);

            assertThatThrownBy(() -> way.run(databases, text)).as(text).hasMessageContaining("commit() and rollback()");

            databases.get().transaction().rollback();
            databases.get().transaction().setAutocommit(true);
            assertThat(ids()).as(text).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "A connection of the DataSource with autocommit off refuses the texts, and keeps nothing after rollback()")
    void refusesOnAConnectionWithAutocommitOff() throws SQLException {
        for (String text : controlling()) {
            try (Connection connection = databases.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.executeUpdate("INSERT INTO texts VALUES (1, 'a')");
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.execute(text))
                        .withMessageContaining("of the connection from the DataSource");
                assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.addBatch(text));
                connection.rollback();
                connection.setAutoCommit(true);
            }
            assertThat(ids()).as(text).isEmpty();
        }
    }

    @Test
    @DisplayName("A bare BEGIN, COMMIT or ROLLBACK outside hold() and a unit of work is refused with the way out")
    void refusesBareTextsOutside() {
        for (String text :
                List.of("BEGIN", "COMMIT", " /* c */ rollback ;", "SAVEPOINT a", "RELEASE a", "ROLLBACK TO a")) {
            for (Way way : Way.OF_THE_LAYER) {
                assertThatExceptionOfType(TransactionManagementException.class)
                        .as(text + way)
                        .isThrownBy(() -> way.run(databases, text))
                        .withMessageContaining("Use atomic")
                        .withMessageContaining("hold()");
            }
        }
        insert(1);
        assertThat(ids()).containsExactly(1);
    }

    @Test
    @DisplayName("Inside hold() and inside a unit of work a transaction by text is one")
    void runsBareTextsWhereTheConnectionIsKept() {
        try (Lease lease = databases.get().hold()) {
            assertThat(lease).isNotNull();
            databases.execute("BEGIN");
            insert(1);
            databases.execute("ROLLBACK");
        }
        try (UnitOfWork unit = databases.unitOfWork()) {
            assertThat(unit).isNotNull();
            databases.execute("BEGIN");
            insert(2);
            databases.execute("ROLLBACK");
            databases.execute("BEGIN");
            insert(3);
            databases.execute("COMMIT");
        }
        assertThat(ids()).containsExactly(3);
    }

    @Test
    @DisplayName(
            "A transaction by text that is still open at the end of its unit of work is rolled back, and the log says"
                    + " so")
    void rollsBackAForgottenTransactionByText() {
        try (SeenLog log = new SeenLog("dev.mooring.db.backends.base", Level.WARN)) {
            try (UnitOfWork unit = databases.unitOfWork()) {
                assertThat(unit).isNotNull();
                databases.execute("BEGIN");
                insert(1);
            }
            try (Lease lease = databases.get().hold()) {
                assertThat(lease).isNotNull();
                databases.execute("BEGIN");
                insert(2);
            }

            assertThat(log.events())
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .hasSize(2)
                    .allMatch(message -> message.startsWith("A transaction that an SQL text began was still open"));
        }
        assertThat(ids()).isEmpty();
        insert(1);
        assertThat(ids()).containsExactly(1);
    }

    @Test
    @DisplayName("In a transaction that a text began, nothing else begins one, and the way out works")
    void beginsNothingWithinATransactionByText() throws SQLException {
        for (String begin : beginning()) {
            List<String> hooks = new ArrayList<>();
            List<ThrowingCallable> others = List.of(
                    () -> databases.get().transaction().setAutocommit(false),
                    () -> databases.atomic(() -> insert(7)),
                    () -> databases.atomic(AtomicOptions.defaults().readOnly(), () -> ids()),
                    () -> databases.get().beginAtomic().close(),
                    () -> databases.stream("SELECT id FROM texts").close(),
                    () -> databases.onCommit(() -> hooks.add("ran")));
            try (UnitOfWork unit = databases.unitOfWork()) {
                assertThat(unit).isNotNull();
                databases.execute(begin);
                insert(1);
                for (ThrowingCallable other : others) {
                    assertThatExceptionOfType(TransactionManagementException.class)
                            .isThrownBy(other)
                            .withMessageContaining("a transaction is open that an SQL text began")
                            .withMessageContaining("COMMIT or ROLLBACK");
                    assertThat(databases.get().transaction().getAutocommit()).isTrue();
                }
                insert(2);
                databases.execute("ROLLBACK");
                databases.get().transaction().setAutocommit(false);
                insert(3);
                databases.get().transaction().rollback();
                databases.get().transaction().setAutocommit(true);
            }
            assertThat(hooks).isEmpty();
            assertThat(ids()).isEmpty();
        }
    }

    @Test
    @DisplayName("A connection of the DataSource is not taken out of autocommit in a transaction that a text began")
    void leavesAutocommitOnWithinATransactionByText() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.executeUpdate("INSERT INTO texts VALUES (1, 'a')");
            assertThatThrownBy(() -> connection.setAutoCommit(false))
                    .hasMessageContaining("a transaction is open that an SQL text began");
            statement.addBatch("INSERT INTO texts VALUES (2, 'a')");
            statement.addBatch("INSERT INTO texts VALUES (3, 'a')");
            statement.executeBatch();
            statement.execute("COMMIT");
            connection.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO texts VALUES (4, 'a')");
            connection.rollback();
        }
        assertThat(ids()).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("executeMany is a part of the transaction that a text began")
    void runsManyWithinATransactionByText() {
        for (String end : List.of("ROLLBACK", "COMMIT")) {
            try (Lease lease = databases.get().hold();
                    Cursor cursor = databases.get().cursor()) {
                assertThat(lease).isNotNull();
                databases.execute("BEGIN");
                cursor.executeMany("INSERT INTO texts VALUES (%s, 'a')", List.of(List.of(1), List.of(2)));
                databases.execute(end);
            }
            assertThat(ids()).hasSize(end.equals("COMMIT") ? 2 : 0);
        }
    }

    @Test
    @DisplayName("close() in a transaction that a text began rolls it back")
    void closesATransactionByText() {
        try (Lease lease = databases.get().hold()) {
            assertThat(lease).isNotNull();
            databases.execute("BEGIN");
            insert(1);
            databases.get().close();
        }
        assertThat(ids()).isEmpty();
    }

    @Test
    @DisplayName("Savepoints by text work inside atomic, as in Django")
    void runsSavepointsInAtomic() {
        databases.atomic(() -> {
            insert(1);
            databases.execute("SAVEPOINT mine");
            insert(2);
            databases.execute("ROLLBACK TO SAVEPOINT mine");
            databases.execute("RELEASE SAVEPOINT mine");
            insert(3);
        });

        assertThat(ids()).containsExactly(1, 3);
    }

    @Test
    @DisplayName("A text that only mentions COMMIT, ROLLBACK or lastval() runs, inside atomic and outside")
    void runsWhatOnlyLooksAlike() {
        for (String text : harmless()) {
            assertThatCode(() -> databases.execute(text)).as(text).doesNotThrowAnyException();
            assertThatCode(() -> databases.atomic(() -> databases.execute(text)))
                    .as(text)
                    .doesNotThrowAnyException();
        }
    }

    final Databases databases() {
        return databases;
    }

    final void insert(int id) {
        databases.execute("INSERT INTO texts VALUES (%s, %s)", id, "a");
    }

    final List<Integer> ids() {
        return databases.query("SELECT id FROM texts ORDER BY id").stream()
                .map(row -> row.getInt("id"))
                .toList();
    }

    /** How a text gets to the database. */
    enum Way {
        EXECUTE {
            @Override
            void run(Databases databases, String text) {
                databases.execute(text);
            }
        },
        QUERY {
            @Override
            void run(Databases databases, String text) {
                databases.query(text);
            }
        },
        CURSOR {
            @Override
            void run(Databases databases, String text) {
                try (Cursor cursor = databases.get().cursor()) {
                    cursor.execute(text);
                }
            }
        },
        MANY {
            @Override
            void run(Databases databases, String text) {
                try (Cursor cursor = databases.get().cursor()) {
                    cursor.executeMany(text, List.of(List.of()));
                }
            }
        },
        STREAM {
            @Override
            void run(Databases databases, String text) {
                databases.stream(text).close();
            }
        },
        JDBC_STATEMENT {
            @Override
            void run(Databases databases, String text) throws SQLException {
                try (Connection connection = databases.dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute(text);
                }
            }
        },
        JDBC_PREPARED {
            @Override
            void run(Databases databases, String text) throws SQLException {
                try (Connection connection = databases.dataSource().getConnection();
                        PreparedStatement statement = connection.prepareStatement(text)) {
                    statement.execute();
                }
            }
        },
        JDBC_BATCH {
            @Override
            void run(Databases databases, String text) throws SQLException {
                try (Connection connection = databases.dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.addBatch("INSERT INTO texts VALUES (9, 'b')");
                    statement.addBatch(text);
                    statement.executeBatch();
                }
            }
        };

        static final List<Way> OF_THE_LAYER = List.of(EXECUTE, QUERY, CURSOR, MANY);

        abstract void run(Databases databases, String text) throws SQLException;
    }
}
