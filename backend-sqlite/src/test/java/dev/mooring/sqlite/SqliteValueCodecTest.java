package dev.mooring.sqlite;

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
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SqliteValueCodecTest {

    private static final Instant MOMENT = Instant.parse("2024-03-31T01:30:00.123456Z");

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = TestFile.open(TestFile.memory());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    static Stream<Arguments> values() {
        byte[] bytes = {0, 1, -1};
        return Stream.of(
                Arguments.of("bool", true, 1L, true),
                Arguments.of("boolean", false, 0L, false),
                Arguments.of("integer", 7, 7L, 7L),
                Arguments.of("bigint", Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
                Arguments.of("smallint unsigned", (short) 7, 7L, 7L),
                Arguments.of("integer", BigInteger.TWO, 2L, 2L),
                Arguments.of("real", 1.5, 1.5, 1.5),
                Arguments.of("real", 1.5f, 1.5, 1.5),
                Arguments.of("real", 2.0, 2.0, 2.0),
                Arguments.of("decimal", new BigDecimal("1.5"), 1.5, new BigDecimal("1.5")),
                Arguments.of("decimal(10, 2)", new BigDecimal("1.50"), 1.5, new BigDecimal("1.50")),
                Arguments.of("decimal(10, 0)", new BigDecimal("3"), 3L, new BigDecimal("3")),
                Arguments.of("decimal(5, 1)", new BigDecimal("1E+2"), 100L, new BigDecimal("100.0")),
                Arguments.of("varchar(10)", "ünï ? 😀", "ünï ? 😀", "ünï ? 😀"),
                Arguments.of("text", 'c', "c", "c"),
                Arguments.of("text", new Json("{\"ü\": 1}"), "{\"ü\": 1}", "{\"ü\": 1}"),
                Arguments.of("blob", bytes, bytes, bytes),
                Arguments.of(
                        "char(32)",
                        UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                        "00112233445566778899aabbccddeeff",
                        "00112233445566778899aabbccddeeff"),
                Arguments.of("datetime", MOMENT, "2024-03-31 01:30:00.123456", MOMENT),
                Arguments.of("DATETIME", Instant.EPOCH, "1970-01-01 00:00:00", Instant.EPOCH),
                Arguments.of(
                        "timestamp",
                        OffsetDateTime.parse("1970-01-01T02:00+02:00"),
                        "1970-01-01 00:00:00",
                        Instant.EPOCH),
                Arguments.of(
                        "datetime",
                        ZonedDateTime.parse("1970-01-01T01:00+01:00[Europe/Berlin]"),
                        "1970-01-01 00:00:00",
                        Instant.EPOCH),
                Arguments.of(
                        "datetime", LocalDateTime.parse("1970-01-01T00:00:00"), "1970-01-01 00:00:00", Instant.EPOCH),
                Arguments.of(
                        "datetime",
                        Instant.parse("0001-01-01T00:00:00.000001999Z"),
                        "0001-01-01 00:00:00.000001",
                        Instant.parse("0001-01-01T00:00:00.000001Z")),
                Arguments.of("date", LocalDate.of(1582, 10, 10), "1582-10-10", LocalDate.of(1582, 10, 10)),
                Arguments.of("time", LocalTime.of(23, 59, 1), "23:59:01", LocalTime.of(23, 59, 1)),
                Arguments.of("datetime", null, null, null),
                Arguments.of("decimal(10, 2)", null, null, null),
                Arguments.of("bool", null, null, null));
    }

    @ParameterizedTest
    @MethodSource("values")
    void storesAsDjangoDoesAndBringsBack(String type, Object value, Object stored, Object back) throws SQLException {
        TestFile.run(connection, "CREATE TABLE v (a " + type + ")");
        TestFile.one(connection, "INSERT INTO v VALUES (?)", value);

        assertThat(TestFile.one(connection, "SELECT coalesce(a, NULL) FROM v")).isEqualTo(stored);
        assertThat(TestFile.one(connection, "SELECT a FROM v")).isEqualTo(back);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01 10:00, 2024-01-01T10:00:00Z",
        "2024-01-01T10:00:00, 2024-01-01T10:00:00Z",
        "2024-01-01 10:00:00.5, 2024-01-01T10:00:00.5Z",
        "2024-01-01 10:00:00.123456789, 2024-01-01T10:00:00.123456789Z",
        "2024-01-01 10:00:00+02:00, 2024-01-01T08:00:00Z",
        "2024-01-01T10:00:00Z, 2024-01-01T10:00:00Z"
    })
    void readsWhatOtherProgramsWrite(String stored, Instant moment) throws SQLException {
        TestFile.run(connection, "CREATE TABLE v (a datetime)");
        TestFile.one(connection, "INSERT INTO v VALUES (?)", stored);

        assertThat(TestFile.one(connection, "SELECT a FROM v")).isEqualTo(moment);
    }

    @Test
    void keepsMomentsInTheZoneOfTheConnection() throws SQLException {
        SqliteValueCodec athens = new SqliteValueCodec(ZoneId.of("Europe/Athens"));
        TestFile.run(connection, "CREATE TABLE v (a datetime)");
        TestFile.rows(athens, connection, "INSERT INTO v VALUES (?)", Instant.parse("2024-07-01T10:00:00Z"));

        assertThat(TestFile.one(connection, "SELECT a || '' FROM v")).isEqualTo("2024-07-01 13:00:00");
        assertThat(TestFile.rows(athens, connection, "SELECT a FROM v"))
                .containsExactly(List.of(Instant.parse("2024-07-01T10:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({"datetime, yesterday", "date, 2024-02-30", "time, 25:00", "decimal, much"})
    void saysThatAValueIsNotWhatItsColumnDeclares(String type, String stored) throws SQLException {
        TestFile.run(connection, "CREATE TABLE v (a " + type + ")");
        TestFile.one(connection, "INSERT INTO v VALUES (?)", stored);

        assertThat(TestFile.one(connection, "SELECT a FROM v")).isInstanceOfSatisfying(UnreadableValue.class, value -> {
            assertThat(value.text()).isEqualTo(stored);
            assertThat(value.problem()).startsWith("it is declared as a").doesNotContain(stored);
            assertThat(value).hasToString("UnreadableValue[" + value.problem() + "]");
        });
    }

    @ParameterizedTest
    @CsvSource({"datetime, 1700000000", "date, 19000", "time, 5"})
    void leavesNumbersInDateColumnsAlone(String type, long stored) throws SQLException {
        TestFile.run(connection, "CREATE TABLE v (a " + type + ")");
        TestFile.one(connection, "INSERT INTO v VALUES (?)", stored);

        assertThat(TestFile.one(connection, "SELECT a FROM v")).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({"'\0'", "'ab\0cd'", "'\ud800'", "'a\udc00'", "'\ud83d\ud83d'"})
    void refusesTextThatWouldBeStoredAsSomethingElse(String text) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> TestFile.one(connection, "SELECT ?, ?", 1, text))
                .withMessageStartingWith("Parameter 2 holds ");
    }

    static Stream<Object> tooLarge() {
        return Stream.of(
                BigInteger.ONE.shiftLeft(63),
                Double.NaN,
                Float.NaN,
                Instant.MAX,
                LocalDate.of(10_000, 1, 1),
                LocalDate.of(-1, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void refusesWhatWouldNotComeBack(Object value) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> TestFile.one(connection, "SELECT ?", value))
                .withMessageStartingWith("Parameter 1 ");
    }

    static Stream<Object> strangers() {
        return Stream.of(Optional.of(1), new Object(), List.of(1), new int[] {1});
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void refusesWhatHasNoCounterpart(Object value) {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> TestFile.one(connection, "SELECT ?", value))
                .withMessageStartingWith("Parameter 1 is a ");
    }
}
