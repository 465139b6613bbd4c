package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.DataException;
import dev.mooring.error.ProgrammingException;
import dev.mooring.schema.Json;
import dev.mooring.spi.UnreadableValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresValueCodecTest {

    private static final Instant MOMENT = Instant.parse("2024-03-31T01:30:00.123456Z");
    private static final LocalDateTime GAP = LocalDateTime.parse("2024-03-31T02:30:00");
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private static Connection connection;

    @BeforeAll
    static void open() throws SQLException {
        connection = TestServer.open();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("bool", true, true),
                Arguments.of("int2", (short) 7, 7),
                Arguments.of("int4", 7, 7),
                Arguments.of("int8", 7L, 7L),
                Arguments.of("float4", 1.5f, 1.5f),
                Arguments.of("float8", 1.5, 1.5),
                Arguments.of("numeric", new BigDecimal("1.50"), new BigDecimal("1.50")),
                Arguments.of("numeric", BigInteger.TWO, new BigDecimal("2")),
                Arguments.of("text", "ünï ? 😀", "ünï ? 😀"),
                Arguments.of("varchar", 'c', "c"),
                Arguments.of("uuid", ID, ID),
                Arguments.of("uuid", ID.toString(), ID),
                Arguments.of("bytea", new byte[] {0, 1, -1}, new byte[] {0, 1, -1}),
                Arguments.of("jsonb", "{\"a\": 1}", "{\"a\": 1}"),
                Arguments.of("json", "[1]", "[1]"),
                Arguments.of("jsonb", new Json("{\"ü\": 1}"), "{\"ü\": 1}"),
                Arguments.of("json", new Json("[1]"), "[1]"),
                Arguments.of("xml", "<a/>", "<a/>"),
                Arguments.of("inet", "10.0.0.1/32", "10.0.0.1"),
                Arguments.of("int4range", "[1,3)", "[1,3)"),
                Arguments.of("timestamptz", MOMENT, MOMENT),
                Arguments.of(
                        "timestamptz",
                        OffsetDateTime.parse("2024-01-01T02:00+02:00"),
                        Instant.parse("2024-01-01T00:00:00Z")),
                Arguments.of(
                        "timestamptz",
                        ZonedDateTime.parse("2024-07-01T02:00+02:00[Europe/Berlin]"),
                        Instant.parse("2024-07-01T00:00:00Z")),
                Arguments.of(
                        "timestamptz(0)", Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-01T00:00:00Z")),
                Arguments.of(
                        "timestamptz", Instant.parse("-0044-03-15T00:00:00Z"), Instant.parse("-0044-03-15T00:00:00Z")),
                Arguments.of(
                        "timestamptz(1)",
                        Instant.parse("2024-01-01T00:00:00.5Z"),
                        Instant.parse("2024-01-01T00:00:00.5Z")),
                Arguments.of("timestamp", GAP, GAP),
                Arguments.of("timestamp(5)", GAP, GAP),
                Arguments.of("timestamp(1)", GAP, GAP),
                Arguments.of("date", LocalDate.of(1582, 10, 10), LocalDate.of(1582, 10, 10)),
                Arguments.of("time", LocalTime.of(23, 59, 1), LocalTime.of(23, 59, 1)),
                Arguments.of("timetz", OffsetTime.parse("12:00+02:00"), OffsetTime.parse("12:00+02:00")),
                Arguments.of("interval", Duration.ofSeconds(-90_061, 5_000), Duration.ofSeconds(-90_061, 5_000)),
                Arguments.of("int4[]", List.of(1, 2), List.of(1, 2)),
                Arguments.of("text[]", Arrays.asList("a", null), Arrays.asList("a", null)),
                Arguments.of("text[]", List.of(), List.of()),
                Arguments.of("uuid[]", List.of(ID), List.of(ID)),
                Arguments.of("timestamptz[]", List.of(MOMENT), List.of(MOMENT)),
                Arguments.of("timestamp[]", List.of(GAP), List.of(GAP)),
                Arguments.of("text", null, null),
                Arguments.of("timestamptz", null, null));
    }

    @ParameterizedTest
    @MethodSource("values")
    void bringsBackWhatItTook(String type, Object value, Object back) throws SQLException {
        assertThat(TestServer.one(connection, "SELECT ?::" + type, value)).isEqualTo(back);
    }

    /** In binary too, and where the JVM's zone has a gap at 02:30. */
    @ParameterizedTest
    @MethodSource("values")
    void readsFromATableWhateverTheFormatAndTheZone(String type, Object value, Object back) throws SQLException {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try (Connection eager = TestServer.open(TestServer.settings().option("prepare_threshold", "1"))) {
            TestServer.run(eager, "CREATE TEMP TABLE v (a " + type + ")");
            TestServer.rows(eager, "INSERT INTO v VALUES (?)", value);
            for (int i = 0; i < 3; i++) {
                assertThat(TestServer.one(eager, "SELECT a FROM v")).isEqualTo(back);
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void readsNestedArraysAsNestedLists() throws SQLException {
        assertThat(TestServer.one(connection, "SELECT ARRAY[[1, 2], [3, NULL]]"))
                .isEqualTo(List.of(List.of(1, 2), Arrays.asList(3, null)));
    }

    @Test
    void countsAMonthAsThirtyDays() throws SQLException {
        assertThat(TestServer.one(connection, "SELECT interval '1 year 2 mons 3 days'"))
                .isEqualTo(Duration.ofDays(365 + 60 + 3));
    }

    @Test
    void readsTheNameOfACursorAndNotItsRows() throws SQLException {
        assertThat(TestServer.one(connection, "SELECT 'no_such_cursor'::refcursor"))
                .isEqualTo("no_such_cursor");
    }

    @Test
    void lookUpsNoColumnsNameOnTheServer() throws SQLException {
        TestServer.run(connection, "CREATE TEMP TABLE looked (id serial, at timestamptz, name text)");
        try (Connection admin = TestServer.open()) {
            TestServer.rows(connection, "SELECT * FROM looked");

            assertThat(TestServer.one(
                            admin,
                            "SELECT query FROM pg_stat_activity WHERE pid = ?",
                            ((org.postgresql.PGConnection) connection).getBackendPID()))
                    .isEqualTo("SELECT * FROM looked");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamptz 'infinity'",
                "timestamp '-infinity'",
                "date 'infinity'",
                "time '24:00'",
                "timetz '24:00-15:59'",
                "interval 'infinity'",
                "interval '-infinity'",
                "ARRAY[date 'infinity']"
            })
    void readsTheRestOfTheRowWhereJavaHasNoSuchValue(String literal) throws SQLException {
        for (int i = 0; i < 7; i++) {
            List<Object> row =
                    TestServer.rows(connection, "SELECT 1, " + literal).get(0);

            assertThat(row.get(0)).isEqualTo(1);
            assertThat(row.get(1)).isInstanceOfSatisfying(UnreadableValue.class, value -> {
                if (value.text() != null) { // The driver has none for a time with zone that came in binary.
                    assertThat(value.text()).containsAnyOf("infinity", "24:00");
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"'\0'", "'ab\0cd'", "'\ud800'", "'a\udc00'", "'\ud83d\ud83d'"})
    void refusesTextThatWouldBeStoredAsSomethingElse(String text) throws SQLException {
        connection.setAutoCommit(false);
        try {
            TestServer.one(connection, "SELECT 1");

            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> TestServer.one(connection, "SELECT ?, ?", 1, text))
                    .withMessageStartingWith("Parameter 2 holds ");
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> TestServer.one(connection, "SELECT ?", List.of(text)));
            assertThat(TestServer.one(connection, "SELECT 2")).isEqualTo(2);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    static Stream<Object> strangers() {
        return Stream.of(
                Timestamp.from(MOMENT),
                Optional.of(1),
                new Object(),
                List.of(Optional.of(1)),
                List.of("a", 1),
                List.of(GAP, ID));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void refusesWhatHasNoCounterpart(Object value) {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> TestServer.one(connection, "SELECT ?", value))
                .withMessageStartingWith("Parameter 1 is a ");
    }

    @Test
    void refusesAMomentBeyondAllCalendars() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> TestServer.one(connection, "SELECT ?", Instant.MAX))
                .withMessage("Parameter 1 is a Instant out of range");
    }

    /** CVE-2024-1597: a minus before the value and a line end in it. */
    @Test
    void keepsAParameterApartFromTheSql() throws SQLException {
        assertThat(TestServer.rows(connection, "SELECT -?, ?", -1, "\n; DROP TABLE x --"))
                .containsExactly(List.of(1, "\n; DROP TABLE x --"));
    }
}
