package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.AtomicBlock;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.Row;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.observing.SeenLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What somebody began outside a unit of work and did not end, and the requests that come after on the same thread. */
@Tag("wrong-answers")
abstract class ForgottenWorkContract {

    private final SeenLog log = new SeenLog("dev.mooring.db.backends.base", Level.WARN);
    private Databases databases;

    abstract DatabaseSettingsBuilder settings();

    @BeforeEach
    void open() {
        databases = Databases.of(settings().build());
        databases.execute("DROP TABLE IF EXISTS requests");
        databases.execute("CREATE TABLE requests (id integer PRIMARY KEY)");
    }

    @AfterEach
    void close() {
        databases.close();
        log.close();
    }

    @Test
    @DisplayName(
            "A block forgotten outside a unit of work swallows no later request, and the log says where it was begun")
    void endsABlock() {
        AtomicBlock forgotten = databases.get().beginAtomic();
        insert(1);

        threeRequests();

        assertThat(ids()).containsExactly(2, 3, 4);
        assertThat(messages())
                .singleElement()
                .asString()
                .contains("An atomic block begun at ")
                .contains("endsABlock");
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(forgotten::commit)
                .withMessageContaining("has ended already");
    }

    @Test
    @DisplayName("Nested blocks forgotten outside a unit of work are all rolled back before it")
    void endsNestedBlocks() {
        AtomicBlock outer = databases.get().beginAtomic();
        insert(1);
        AtomicBlock inner = databases.using("default").get().beginAtomic();
        insert(9);

        threeRequests();

        assertThat(List.of(outer, inner)).doesNotContainNull();
        assertThat(ids()).containsExactly(2, 3, 4);
        assertThat(messages()).hasSize(2);
    }

    @Test
    @DisplayName(
            "Autocommit left off outside a unit of work swallows no later request, and the log says where that was")
    void turnsAutocommitOn() {
        databases.get().transaction().setAutocommit(false);
        insert(1);

        threeRequests();

        assertThat(ids()).containsExactly(2, 3, 4);
        assertThat(messages())
                .singleElement()
                .asString()
                .contains("turned off at ")
                .contains("turnsAutocommitOn");
        assertThat(databases.get().transaction().getAutocommit()).isTrue();
    }

    @Test
    @DisplayName("A connection of the DataSource left open with autocommit off swallows no later request")
    void closesAConnectionWithAutocommitOff() throws SQLException {
        Connection forgotten = databases.dataSource().getConnection();
        forgotten.setAutoCommit(false);
        insert(1);

        threeRequests();

        assertThat(ids()).containsExactly(2, 3, 4);
        assertThat(forgotten.isClosed()).isTrue();
    }

    @Test
    @DisplayName("A transaction by text on a forgotten connection of the DataSource swallows no later request")
    void endsATransactionByTextOnAConnection() throws SQLException {
        Connection forgotten = databases.dataSource().getConnection();
        try (Statement statement = forgotten.createStatement()) {
            statement.execute("BEGIN");
        }

        threeRequests();

        assertThat(ids()).containsExactly(2, 3, 4);
        assertThat(forgotten.isClosed()).isTrue();
    }

    @Test
    @DisplayName("A transaction by text in a forgotten hold() swallows no later request")
    void endsAHold() {
        Lease forgotten = databases.get().hold();
        databases.execute("BEGIN");
        insert(1);

        threeRequests();

        assertThat(forgotten).isNotNull();
        assertThat(ids()).containsExactly(2, 3, 4);
        assertThat(messages())
                .anyMatch(message -> message.contains("A hold() begun at ") && message.contains("endsAHold"));
    }

    @Test
    @DisplayName("A stream forgotten outside a unit of work swallows no later request, and the log names its query")
    void endsAStream() {
        Stream<Row> forgotten = databases.stream("SELECT 1 AS n UNION ALL SELECT 2");
        assertThat(forgotten.iterator().next().getInt("n")).isEqualTo(1);

        threeRequests();

        assertThat(ids()).containsExactly(2, 3, 4);
        assertThat(messages()).singleElement().asString().contains("SELECT 1 AS n UNION ALL SELECT 2");
    }

    @Test
    @DisplayName("What writes in a forgotten stream's transaction is told which stream that is")
    void namesTheStream() {
        Stream<Row> forgotten = databases.stream("SELECT 1 AS n UNION ALL SELECT 2");
        assertThat(forgotten.iterator().next().getInt("n")).isEqualTo(1);

        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> insert(1))
                .withMessageContaining("SELECT 1 AS n UNION ALL SELECT 2");
        Throwable unused = Assertions.catchThrowable(forgotten::close);
    }

    @Test
    @DisplayName("A block as a lambda goes on around the units of work inside it")
    void leavesALambdaAlone() {
        databases.atomic(() -> {
            threeRequests();
            assertThat(ids()).containsExactly(2, 3, 4);
        });

        assertThat(ids()).containsExactly(2, 3, 4);
        assertThat(messages()).isEmpty();
    }

    final Databases databases() {
        return databases;
    }

    private void threeRequests() {
        for (int id = 2; id <= 4; id++) {
            try (UnitOfWork unit = databases.unitOfWork()) {
                assertThat(unit).isNotNull();
                insert(id);
            }
        }
    }

    private List<String> messages() {
        return log.events().stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void insert(int id) {
        databases.execute("INSERT INTO requests VALUES (%s)", id);
    }

    private List<Integer> ids() {
        return databases.query("SELECT id FROM requests ORDER BY id").stream()
                .map(row -> row.getInt("id"))
                .toList();
    }
}
