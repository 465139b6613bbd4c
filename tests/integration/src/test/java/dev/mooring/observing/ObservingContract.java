package dev.mooring.observing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.CapturedQueries;
import dev.mooring.Cursor;
import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.ExecuteWrapper;
import dev.mooring.ExecutedQuery;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.IntegrityException;
import dev.mooring.migrations.SchemaEditor;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** What can be seen of statements on a real database, beyond Django's own tests of it. */
abstract class ObservingContract {

    private static final String INSERT = "INSERT INTO seen (id, word) VALUES (%s, %s)";
    private static final Duration ANY_TIME = Duration.ofNanos(1);

    Databases databases;

    abstract DatabaseSettingsBuilder settings();

    @BeforeEach
    void open() {
        open(settings());
        databases.execute("DROP TABLE IF EXISTS seen");
        databases.execute("CREATE TABLE seen (id integer PRIMARY KEY, word varchar(50))");
    }

    @AfterEach
    void close() {
        try {
            assertThat(databases.using("default").counts().leased()).isZero();
        } finally {
            databases.close();
        }
    }

    private void open(DatabaseSettingsBuilder settings) {
        if (databases != null) {
            databases.close();
        }
        databases = Databases.of(settings.build());
    }

    @Test
    void capturesQueriesByWhateverWayTheyAreRun() {
        DatabaseWrapper wrapper = databases.get();

        try (CapturedQueries captured = wrapper.captureQueries();
                Cursor cursor = wrapper.cursor()) {
            cursor.executeMany(INSERT, List.of(List.of(1, "a"), List.of(2, "b")));
            wrapper.execute("UPDATE seen SET word = %s WHERE id = %s", "c", 1);
            wrapper.query("SELECT id FROM seen");
            cursor.execute("SELECT word FROM seen").fetchAll();
            try (Stream<Row> rows = wrapper.stream("SELECT 1")) {
                assertThat(rows).hasSize(1);
            }

            assertThat(captured.queries())
                    .extracting(ExecutedQuery::text)
                    .containsExactly(
                            "BEGIN",
                            "2 times: " + INSERT,
                            "COMMIT",
                            "UPDATE seen SET word = %s WHERE id = %s",
                            "SELECT id FROM seen",
                            "SELECT word FROM seen",
                            "BEGIN",
                            "SELECT 1",
                            "COMMIT");
            assertThat(captured.queries())
                    .allSatisfy(query -> assertThat(query.duration()).isPositive());
        }
    }

    @Test
    void capturesWhatFailed() {
        DatabaseWrapper wrapper = databases.get();
        wrapper.execute(INSERT, 1, "a");

        try (CapturedQueries captured = wrapper.captureQueries();
                Cursor cursor = wrapper.cursor()) {
            assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> wrapper.execute(INSERT, 1, "b"));
            assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> cursor.execute(INSERT, 1, "c"));
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> cursor.executeMany(INSERT, List.of(List.of(1, "d"))));
            assertThatExceptionOfType(DatabaseException.class).isThrownBy(() -> cursor.execute("SELEKT 1"));

            assertThat(captured.queries())
                    .extracting(ExecutedQuery::text)
                    .containsExactly(INSERT, INSERT, "1 times: " + INSERT, "SELEKT 1");
        }
    }

    @Test
    void failsNothingIfALogFilterThrows() throws SQLException {
        DatabaseWrapper wrapper = databases.get();
        long opened = databases.using("default").counts().opened();

        try (SeenLog trouble = new SeenLog("dev.mooring.db.backends.base", Level.WARN);
                BrokenLogFilter filter = new BrokenLogFilter("dev.mooring.sql");
                Cursor cursor = wrapper.cursor()) {
            wrapper.atomic(() -> {
                wrapper.execute(INSERT, 1, "a");
            });
            cursor.execute(INSERT, 2, "b");
            cursor.executeMany(INSERT, List.of(List.of(3, "c"), List.of(4, "d")));
            try (Connection connection = databases.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO seen (id, word) VALUES (5, 'e')");
            }
            assertThat(wrapper.query("SELECT id FROM seen")).hasSize(5);
            assertThat(filter.asked()).isPositive();
            assertThat(trouble.events())
                    .hasSize(filter.asked())
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsOnly("Query logging failed on database 'default'; the statement itself was not affected");
        }
        assertThat(databases.using("default").counts().opened()).isEqualTo(opened);
    }

    @Test
    void letsAnExecuteWrapperAlterWhatIsRun() {
        DatabaseWrapper wrapper = databases.get();

        try (ExecuteWrapper.Scope scope = wrapper.executeWrapper(execution -> {
            if (execution.sql().equals(INSERT)) {
                execution.proceedAs(INSERT, List.of(7, "altered"));
            } else {
                execution.proceedAs(execution.sql() + " -- by page 3");
            }
        })) {
            wrapper.execute(INSERT, 1, "a");

            assertThat(wrapper.query("SELECT id, word FROM seen")).hasToString("[[id, word] [7, altered]]");
        }
    }

    @Test
    void rollsBackTheBlockInWhichAnExecuteWrapperRefused() {
        DatabaseWrapper wrapper = databases.get();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> wrapper.atomic(() -> {
                    wrapper.execute(INSERT, 1, "a");
                    try (ExecuteWrapper.Scope scope = wrapper.executeWrapper(execution -> {
                        throw new IllegalStateException("no queries here");
                    })) {
                        wrapper.query("SELECT 1");
                    }
                }));

        assertThat(wrapper.query("SELECT id FROM seen")).isEmpty();
    }

    @Test
    void logsNoParametersUnlessTold() {
        try (SeenLog log = new SeenLog("dev.mooring.sql", Level.DEBUG)) {
            databases.atomic(() -> databases.execute(INSERT, 1, "secret"));

            assertThat(log.events())
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .satisfiesExactly(
                            begin -> assertThat(begin).endsWith(") BEGIN; args=[]; alias=default"),
                            insert -> assertThat(insert).endsWith("args=[2 hidden]; alias=default"),
                            commit -> assertThat(commit).endsWith(") COMMIT; args=[]; alias=default"));
            assertThat(log.events())
                    .allSatisfy(event -> assertThat(values(event)).containsOnlyKeys("duration", "sql", "alias"));
        }
    }

    @Test
    void warnsOnceOfASlowStatement() {
        open(settings().slowQueryThreshold(ANY_TIME));
        try (SeenLog log = new SeenLog("dev.mooring.sql", Level.DEBUG)) {
            databases.execute(INSERT, 1, "secret");

            assertThat(log.events()).hasSize(1);
            assertThat(log.events().get(0).getLevel()).isEqualTo(Level.WARN);
            assertThat(log.events().get(0).getFormattedMessage())
                    .startsWith("Slow query: (")
                    .contains(INSERT)
                    .endsWith("args=[2 hidden]; alias=default");
        }
    }

    @Test
    void doesNotWarnOfAStatementThatIsFastEnough() {
        open(settings().slowQueryThreshold(Duration.ofHours(1)));
        try (SeenLog log = new SeenLog("dev.mooring.sql", Level.INFO)) {
            databases.execute(INSERT, 1, "a");

            assertThat(log.events()).isEmpty();
        }
    }

    @Test
    void logsChangesOfTheSchema() {
        Table table = Table.of("seen_too", Column.of("id", ColumnType.INTEGER).primaryKey());
        try (SeenLog log = new SeenLog("dev.mooring.schema", Level.DEBUG)) {
            List<String> collected =
                    SchemaEditor.collect(databases.using("default"), editor -> editor.createTable(table));

            assertThat(log.events())
                    .extracting(event -> values(event).get("sql") + ";")
                    .containsExactlyElementsOf(collected);
            assertThat(values(log.events().get(0))).containsEntry("alias", "default");
        }
    }

    private static Map<String, Object> values(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs.stream().collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
    }
}
