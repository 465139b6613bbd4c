package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.Cursor;
import dev.mooring.DatabasesBuilder;
import dev.mooring.ExecuteWrapper;
import dev.mooring.ExecutedQuery;
import dev.mooring.Execution;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Execute wrappers and the log of queries: Django's {@code ExecuteWrapperTests}, {@code DatabaseWrapperLoggingTests} and others. */
@EveryWorld
class ObservingParityTest extends ParityContract {

    private static final String SQL_LOG = "dev.mooring.sql";
    private static final String INSERT = "INSERT INTO reporter VALUES (%s, %s)";

    private final List<Execution> seen = new ArrayList<>();
    private int limit = 100;

    @Override
    DatabasesBuilder opening() {
        DatabaseSettings settings = super.settings().build();
        DatabaseSettingsBuilder other = DatabaseSettings.builder("other")
                .engine(settings.engine())
                .name(settings.name())
                .user(settings.user())
                .password(settings.password().reveal())
                .host(settings.host());
        settings.port().ifPresent(other::port);
        return super.opening().add(other.build());
    }

    @Override
    DatabaseSettingsBuilder settings() {
        return super.settings().queriesLimit(limit).logParameters(limit > 0);
    }

    @Test
    @Django("BW-06")
    void logsACommittedTransaction() {
        List<ILoggingEvent> logged = logged(() -> databases.atomic(() -> insert("Tintin")));

        assertThat(texts()).startsWith("BEGIN").endsWith("COMMIT").hasSize(3);
        assertThat(logged)
                .extracting(event -> event.getKeyValuePairs().get(1).value)
                .containsExactlyElementsOf(texts());
        assertThat(logged.get(0).getFormattedMessage()).matches("\\([0-9.]+\\) BEGIN; args=\\[]; alias=default");
        assertThat(logged.get(2).getFormattedMessage()).matches("\\([0-9.]+\\) COMMIT; args=\\[]; alias=default");
    }

    @Test
    @Django("BW-07")
    void logsOneThatFailed() {
        List<ILoggingEvent> logged = logged(() -> swallow(() -> databases.atomic(() -> {
            insert("Tintin");
            throw new IllegalStateException();
        })));

        assertThat(texts()).startsWith("BEGIN").endsWith("ROLLBACK").hasSize(3);
        assertThat(logged.get(2).getFormattedMessage()).matches("\\([0-9.]+\\) ROLLBACK; args=\\[]; alias=default");
    }

    @Test
    @Django(value = "BW-08", differs = "There is no DEBUG: the list has a limit of its own, and the log its level")
    void logsNothingUnlessAsked() {
        reopen(0);
        List<ILoggingEvent> logged = Logged.by(SQL_LOG, Level.INFO, () -> databases.atomic(() -> insert("Tintin")));

        assertThat(logged).isEmpty();
        assertThat(databases.get().queries()).isEmpty();
    }

    @Test
    @Django("BW-09")
    void givesTheWrapperAStatement() {
        around(() -> databases.execute(INSERT, 1, "Tintin"));

        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).sql()).isEqualTo(INSERT);
        assertThat(List.<Object>copyOf(seen.get(0).parameters())).containsExactly(1, "Tintin");
        assertThat(seen.get(0).isMany()).isFalse();
        assertThat(seen.get(0).wrapper()).isSameAs(databases.get());
    }

    @Test
    @Django("BW-10")
    void givesTheWrapperManyParameters() {
        List<List<Object>> many = List.of(List.of(1, "Tintin"), List.of(2, "Haddock"));
        around(() -> executeMany(many));

        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).isMany()).isTrue();
        assertThat(seen.get(0).batches()).isSameAs(many);
        assertThat(reporters()).containsExactly("Tintin", "Haddock");
    }

    @Test
    @Django("BW-11")
    void changesNoResult() {
        insert("Tintin");
        around(() -> assertThat(reporters()).containsExactly("Tintin"));
    }

    @Test
    @Django("BW-12")
    void callsNestedWrappersOnceEach() {
        around(() -> around(() -> databases.query("SELECT 1 AS one")));

        assertThat(seen).extracting(Execution::sql).containsExactly("SELECT 1 AS one", "SELECT 1 AS one");
    }

    @Test
    @Django("BW-13")
    void canKeepAStatementFromTheDatabase() {
        around(() -> {
            try (ExecuteWrapper.Scope blocking = databases.get().executeWrapper(execution -> {})) {
                assertThat(blocking).isNotNull();
                around(() -> insert("Tintin"));
            }
        });

        assertThat(seen).hasSize(1);
        assertThat(reporters()).isEmpty();
    }

    @Test
    @Django("BW-14")
    void seesTheVeryText() {
        String sql = "SELECT 'aloha' AS word\n/* %s */";
        around(() -> databases.query(sql));

        assertThat(seen).extracting(Execution::sql).containsExactly(sql);
    }

    @Test
    @Django("BW-15")
    void concernsOneAlias() {
        around(() -> databases.using("other").query("SELECT 1 AS one"));
        databases.query("SELECT 1 AS one");

        assertThat(seen).isEmpty();
    }

    @Test
    @Django(value = "BE-15", differs = "Objects in place of dicts")
    void keepsQueriesInAList() {
        databases.get().resetQueries();
        assertThat(databases.get().queries()).isEmpty();

        databases.query("SELECT 1 AS one");
        executeMany(List.of(List.of(1, "Tintin"), List.of(2, "Haddock")));
        assertThat(texts()).containsExactly("SELECT 1 AS one", "BEGIN", "2 times: " + INSERT, "COMMIT");
        assertThat(databases.get().queries())
                .allSatisfy(query -> assertThat(query.duration()).isPositive());

        databases.get().resetQueries();
        assertThat(databases.get().queries()).isEmpty();
    }

    @Test
    @Django(
            value = "BE-16",
            differs = "A line in the log in place of a warning; the limit is a setting, and 0 unless set")
    void keepsTheLastOfThem() {
        reopen(3);
        List<ILoggingEvent> quiet = Logged.by(SQL_LOG, Level.WARN, () -> {
            databases.query("SELECT 1 AS one");
            databases.query("SELECT 2 AS two");
            assertThat(texts()).hasSize(2);
        });
        List<ILoggingEvent> warned = Logged.by(SQL_LOG, Level.WARN, () -> {
            databases.query("SELECT 3 AS three");
            databases.query("SELECT 4 AS four");
            assertThat(texts()).containsExactly("SELECT 2 AS two", "SELECT 3 AS three", "SELECT 4 AS four");
        });

        assertThat(quiet).isEmpty();
        assertThat(warned).hasSize(1);
        assertThat(warned.get(0).getFormattedMessage())
                .isEqualTo("Only the last 3 queries are in the list of database 'default': see setting"
                        + " 'queriesLimit'");
    }

    @Test
    @Django(
            value = "BE-17",
            better = "Parameters are in no log unless `logParameters` says so, and then as a redactor leaves them")
    void logsEachQuery() {
        List<ILoggingEvent> logged = logged(() -> databases.query("SELECT %s AS word", "aloha"));

        assertThat(logged).hasSize(1);
        ILoggingEvent event = logged.get(0);
        assertThat(event.getLevel()).isEqualTo(Level.DEBUG);
        assertThat(event.getFormattedMessage())
                .matches("\\(\\d+\\.\\d{3}\\) SELECT %s AS word; args=\\[aloha]; alias=default");
        assertThat(event.getKeyValuePairs())
                .extracting(pair -> pair.key)
                .containsExactly("duration", "sql", "params", "alias");
        assertThat(event.getKeyValuePairs())
                .extracting(pair -> pair.value)
                .satisfies(values -> assertThat((Double) values.get(0)).isPositive())
                .endsWith("SELECT %s AS word", List.of("aloha"), "default");
    }

    @Test
    @Django(
            value = "BE-20",
            differs = "The last of the queries, its text and its parameters side by side: no text is made up that the"
                    + " database was never given")
    void tellsTheLastQuery() {
        databases.get().resetQueries();
        assertThat(databases.get().queries()).isEmpty();

        databases.query("SELECT %s AS a, %s AS b", "é'", 2);
        assertLast("SELECT %s AS a, %s AS b", "é'", 2);
        Map<String, Object> named = Map.of("a", 1, "aa", 2);
        databases.query("SELECT %(a)s AS x, %(aa)s AS y, %(a)s AS z", named);
        assertLast("SELECT %(a)s AS x, %(aa)s AS y, %(a)s AS z", named);
    }

    private void assertLast(String sql, Object... parameters) {
        List<ExecutedQuery> queries = databases.get().queries();
        ExecutedQuery last = queries.get(queries.size() - 1);
        assertThat(last.sql()).isEqualTo(sql);
        assertThat(List.<Object>copyOf(last.parameters())).containsExactly(parameters);
    }

    private void executeMany(List<List<Object>> many) {
        try (Cursor cursor = databases.get().cursor()) {
            cursor.executeMany(INSERT, many);
        }
    }

    private void around(Runnable work) {
        try (ExecuteWrapper.Scope scope = databases.get().executeWrapper(execution -> {
            seen.add(execution);
            execution.proceed();
        })) {
            assertThat(scope).isNotNull();
            work.run();
        }
    }

    private List<ILoggingEvent> logged(Runnable work) {
        databases.get().resetQueries();
        return Logged.by(SQL_LOG, Level.DEBUG, work);
    }

    private List<String> texts() {
        return databases.get().queries().stream().map(ExecutedQuery::text).toList();
    }

    private void reopen(int limit) {
        databases.closeAll();
        databases.close();
        this.limit = limit;
        databases = opening().build();
    }
}
