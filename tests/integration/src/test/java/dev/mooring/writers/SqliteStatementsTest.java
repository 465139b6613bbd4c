package dev.mooring.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DataException;
import dev.mooring.error.OperationalException;
import dev.mooring.error.ProgrammingException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements on a file: those that are kept while somebody else changes the schema, and those that are refused. */
class SqliteStatementsTest {

    @TempDir
    private Path folder;

    private Databases databases;
    private Databases others;

    @BeforeEach
    void open() {
        databases = Databases.of(settings());
        others = Databases.of(settings());
    }

    @AfterEach
    void close() {
        others.close();
        databases.close();
    }

    @Test
    void readByTheTypesOfTheTableAsItIsNow() {
        assertThat(read("text", "2024-07-01")).isEqualTo("2024-07-01");
        assertThat(read("date", "2024-07-01")).isEqualTo(LocalDate.parse("2024-07-01"));
        assertThat(read("datetime", "2024-07-01 00:00:00")).isEqualTo(Instant.parse("2024-07-01T00:00:00Z"));
        assertThat(read("varchar(10)", "2024-07-01")).isEqualTo("2024-07-01");
        assertThat(read("integer", 1)).isEqualTo(1L);
        assertThat(read("bool", 1)).isEqualTo(true);
        assertThat(read("decimal(10, 2)", 1)).isEqualTo(new BigDecimal("1.00"));
        assertThat(read("decimal(10, 3)", 1)).isEqualTo(new BigDecimal("1.000"));
        assertThat(read("integer", 1)).isEqualTo(1L);
        assertThat(read("text", "plain")).isEqualTo("plain");
        assertThat(read("bool", 0)).isEqualTo(false);
    }

    @Test
    void readTheFirstValueOfEachResultThatATypeMattersTo() {
        others.execute("CREATE TABLE t (a text)");
        databases.query("SELECT a FROM t ORDER BY rowid");
        others.execute("INSERT INTO t VALUES (NULL), ('x'), ('2024-07-01')");
        assertThat(values("SELECT a FROM t ORDER BY rowid")).containsExactly(null, "x", "2024-07-01");
        others.execute("DROP TABLE t");
        others.execute("CREATE TABLE t (a date)");
        others.execute("INSERT INTO t VALUES (NULL), ('2024-07-01'), ('2024-07-02')");

        assertThat(values("SELECT a FROM t ORDER BY rowid"))
                .containsExactly(null, LocalDate.parse("2024-07-01"), LocalDate.parse("2024-07-02"));
    }

    @Test
    void sayWhenTheirColumnIsGone() {
        others.execute("CREATE TABLE t (a integer, b integer)");
        others.execute("INSERT INTO t VALUES (1, 2)");
        assertThat(values("SELECT b FROM t")).containsExactly(2L);
        others.execute("ALTER TABLE t DROP COLUMN b");

        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(() -> databases.query("SELECT b FROM t"))
                .withMessageContaining("no such column: b");
        others.execute("ALTER TABLE t ADD COLUMN b bool DEFAULT 1");
        assertThat(values("SELECT b FROM t")).containsExactly(true);
    }

    @Test
    void haveTheColumnsOfAStarAndTheNameOfARowidAsTheyAreNow() {
        others.execute("CREATE TABLE t (a integer PRIMARY KEY)");
        others.execute("INSERT INTO t VALUES (1)");
        assertThat(databases.query("SELECT * FROM t").get(0).names()).containsExactly("a");
        assertThat(databases.query("SELECT rowid FROM t").get(0).names()).containsExactly("a");
        others.execute("DROP TABLE t");
        others.execute("CREATE TABLE t (b integer, k integer PRIMARY KEY)");
        others.execute("INSERT INTO t VALUES (1, 2)");

        assertThat(databases.query("SELECT * FROM t").get(0).names()).containsExactly("b", "k");
        assertThat(databases.query("SELECT rowid FROM t").get(0).names()).containsExactly("k");
    }

    @Test
    void keepTheirRowsApart() {
        databases.execute("CREATE TABLE t (a integer, b text)");
        databases.execute("INSERT INTO t VALUES (1, 'x'), (2, 'y')");
        Row first = databases.query("SELECT a, b FROM t WHERE a = %s", 1).get(0);
        Row second = databases.query("SELECT a, b FROM t WHERE a = %s", 2).get(0);

        assertThat(first.values()).containsExactly(1L, "x");
        assertThat(second.values()).containsExactly(2L, "y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSERT INTO t VALUES (%s); DELETE FROM t", "; INSERT INTO t VALUES (%s); SELECT 1;"})
    void areRefusedInOneText(String sql) {
        databases.execute("CREATE TABLE t (a integer)");

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.execute(sql, 1))
                .withMessageContaining("run one statement in each call");
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.get().cursor().execute(sql, 1));
        assertThat(databases.query("SELECT a FROM t")).isEmpty();
    }

    @Test
    void areRefusedInOneTextOnADataSourceTooBeforeAnythingRuns() throws SQLException {
        String several = "INSERT INTO t VALUES (1); PRAGMA user_version = 7";
        databases.execute("CREATE TABLE t (a integer)");

        try (Connection connection = databases.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (ThrowingCallable attempt : List.<ThrowingCallable>of(
                    () -> connection.prepareStatement(several),
                    () -> connection.prepareStatement(several, Statement.RETURN_GENERATED_KEYS),
                    () -> connection.prepareCall(several),
                    () -> statement.execute(several),
                    () -> statement.executeQuery(several),
                    () -> statement.executeUpdate(several),
                    () -> statement.executeLargeUpdate(several),
                    () -> statement.addBatch(several))) {
                assertThatThrownBy(attempt)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("42000"))
                        .hasMessageContaining("run one statement in each call");
            }
            statement.executeUpdate("INSERT INTO t VALUES (2); -- and no more;");
        }

        assertThat(values("SELECT a FROM t")).containsExactly(2L);
        assertThat(values("PRAGMA user_version")).containsExactly(0L);
    }

    @Test
    void mayBeATriggerWithSemicolonsInIt() {
        databases.execute("CREATE TABLE t (a integer)");
        databases.execute("CREATE TRIGGER more AFTER INSERT ON t WHEN new.a = 1 BEGIN"
                + " INSERT INTO t VALUES (CASE WHEN 1 THEN 2 END); INSERT INTO t VALUES (3); END;");
        databases.execute("INSERT INTO t VALUES (1); -- and no more;");

        assertThat(values("SELECT a FROM t ORDER BY a")).containsExactly(1L, 2L, 3L);
    }

    @Test
    void areRefusedWithNul() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.execute("SELECT 1\0; DROP TABLE t"))
                .withMessageContaining("NUL");
    }

    @Test
    void areRefusedWithNulInAParameter() {
        assertThatExceptionOfType(DataException.class).isThrownBy(() -> databases.query("SELECT %s", "a\0b"));
    }

    @Test
    void areRefusedWithTooFewOrTooManyParameters() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query("SELECT %s, %s", 1))
                .withMessageContaining("takes 2 parameters but was given 1");
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query("SELECT %s", 1, 2))
                .withMessageContaining("takes 1 parameter but was given 2");
    }

    @Test
    void tellWhichPathCannotBeOpened() throws Exception {
        Path text = folder.resolve("notes.txt");
        Files.writeString(text, "no database ".repeat(50));
        for (Path path : List.of(folder, folder.resolve("missing").resolve("x.db"), text)) {
            try (Databases wrong = Databases.of(DatabaseSettings.builder("default")
                    .engine("sqlite3")
                    .name(path.toString())
                    .build())) {
                assertThatExceptionOfType(dev.mooring.error.DatabaseException.class)
                        .isThrownBy(() -> wrong.query("SELECT 1"))
                        .withMessageContaining(path.toString());
            }
        }
    }

    private Object read(String type, Object value) {
        others.execute("DROP TABLE IF EXISTS t");
        others.execute("CREATE TABLE t (id integer, a " + type + ")");
        others.execute("INSERT INTO t VALUES (%s, %s)", 7, value);
        return databases.query("SELECT id, a FROM t WHERE id = %s", 7).get(0).get("a");
    }

    private List<Object> values(String sql) {
        return databases.query(sql).stream().map(row -> row.get(0)).toList();
    }

    private DatabaseSettings settings() {
        return DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(folder.resolve("shop.db").toString())
                .build();
    }
}
