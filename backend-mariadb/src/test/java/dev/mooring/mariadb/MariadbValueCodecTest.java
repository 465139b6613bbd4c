package dev.mooring.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.DataException;
import dev.mooring.spi.UnreadableValue;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Values of MariaDB")
class MariadbValueCodecTest {

    @ParameterizedTest
    @DisplayName("Texts come back as they were bound, whatever the driver has to escape")
    @ValueSource(strings = {"it's", "\"", "\\", "\\'; DROP TABLE t; --", "%s ? :a @b `c`", "\n\r\t\u001a", "ü 😀"})
    void bindsTexts(String text) throws SQLException {
        try (Connection connection = TestServer.open();
                Connection ansi = TestServer.open(TestServer.settings().option("sql_mode", "ANSI_QUOTES"))) {
            assertThat(TestServer.one(connection, "SELECT ?", text)).isEqualTo(text);
            assertThat(TestServer.one(ansi, "SELECT ?", text)).isEqualTo(text);
        }
    }

    @Test
    @DisplayName("What the columns of Django hold is read as its Java type")
    void readsTypes() throws SQLException {
        try (Connection connection = TestServer.open()) {
            TestServer.run(
                    connection,
                    "CREATE OR REPLACE TABLE typed (a bool, b smallint, c integer unsigned, d bigint unsigned, e datetime(6),"
                            + " f time(6), g json, h longblob, i uuid, j year, k bit(1))",
                    "INSERT INTO typed VALUES (2, 1, 4294967295, 18446744073709551615, '2024-01-01 10:20:30.000001',"
                            + " '10:20:30.5', '{}', x'01', '123e4567-e89b-12d3-a456-426655440000', 2024, 1)");

            assertThat(TestServer.rows(connection, "SELECT a, b, c, d, e, g, i, j, k FROM typed")
                            .get(0))
                    .containsExactly(
                            true,
                            1,
                            4_294_967_295L,
                            new java.math.BigInteger("18446744073709551615"),
                            Instant.parse("2024-01-01T10:20:30.000001Z"),
                            "{}",
                            UUID.fromString("123e4567-e89b-12d3-a456-426655440000"),
                            2024,
                            true);
            assertThat(TestServer.one(connection, "SELECT h FROM typed")).isEqualTo(new byte[] {1});
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    @DisplayName("Years and other small numbers are read alike, whoever prepares the statement")
    void readsSmallNumbers(String onServer) throws SQLException {
        try (Connection connection = TestServer.open(TestServer.settings().option("useServerPrepStmts", onServer))) {
            TestServer.run(
                    connection,
                    "CREATE OR REPLACE TABLE small (a year, b smallint, c tinyint, d tinyint unsigned)",
                    "INSERT INTO small VALUES (2155, -32768, -128, 255), (0, 32767, 127, 0), (NULL, NULL, NULL, NULL)");

            assertThat(TestServer.rows(connection, "SELECT a, b, c, d FROM small"))
                    .containsExactly(
                            List.of(2155, -32768, -128, 255),
                            List.of(0, 32767, 127, 0),
                            Arrays.asList(null, null, null, null));
        }
    }

    @Test
    @DisplayName("In a locale with digits of its own a session is set up, and times are written in ASCII")
    void writesAsciiDigits() throws SQLException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        try (Connection connection = TestServer.open()) {
            assertThat(TestServer.one(connection, "SELECT CAST(? AS time(6))", LocalTime.of(12, 34, 56, 789_000)))
                    .isEqualTo(LocalTime.of(12, 34, 56, 789_000));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @DisplayName("A date that is none, and a time beyond a day, fail alone")
    void readsWhatJavaDoesNotHave() throws SQLException {
        try (Connection connection = TestServer.open()) {
            TestServer.run(
                    connection,
                    "CREATE OR REPLACE TABLE odd (a date, b datetime(6), c time(6))",
                    "INSERT INTO odd VALUES ('0000-00-00', '0000-00-00 00:00:00', '-30:00:00.5')");

            assertThat(TestServer.rows(connection, "SELECT a, b, c FROM odd").get(0))
                    .allMatch(UnreadableValue.class::isInstance);
        }
    }

    @Test
    @DisplayName("A moment is stored in the zone of the setting, and an hour that it has twice is refused")
    void storesMomentsInTheZone() {
        MariadbDateTimes berlin = new MariadbDateTimes(ZoneId.of("Europe/Berlin"));

        assertThat(berlin.text(Instant.parse("2024-07-01T00:00:00Z"))).isEqualTo("2024-07-01 02:00:00");
        assertThat(berlin.moment("2024-07-01 02:00:00")).isEqualTo(Instant.parse("2024-07-01T00:00:00Z"));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> new MariadbValueCodec(ZoneId.of("Europe/Berlin"))
                        .text(1, Instant.parse("2024-10-27T01:30:00Z")))
                .withMessage("Parameter 1 is a Instant out of range");
    }

    @Test
    @DisplayName("What is stored in another type is converted to what was bound")
    void converts() {
        MariadbValueCodec codec = new MariadbValueCodec(ZoneId.of("UTC"));

        assertThat(codec.convert(1_500_000L, Duration.class)).isEqualTo(Duration.ofMillis(1500));
        assertThat(codec.convert("-30:00:00.5", Duration.class))
                .isEqualTo(Duration.ofHours(30).plusMillis(500).negated());
        assertThat(codec.convert(Instant.EPOCH, LocalDateTime.class)).isEqualTo(LocalDateTime.of(1970, 1, 1, 0, 0));
        assertThat(codec.convert("x", Integer.class)).isNull();
    }

    @ParameterizedTest
    @DisplayName("A number of more digits than a decimal has is refused before it is written out")
    @ValueSource(strings = {"1E+65", "1E+2147483647", "1E-39", "0.123456789012345678901234567890123456789"})
    void refusesNumbersThatNoColumnHolds(String number) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> new MariadbValueCodec(ZoneId.of("UTC")).checkStorable(1, new BigDecimal(number)))
                .withMessageStartingWith("Parameter 1 has more than the 65 digits");
    }
}
