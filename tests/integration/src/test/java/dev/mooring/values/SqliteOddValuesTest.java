package dev.mooring.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.DataException;
import dev.mooring.transactions.TestDatabases;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteOddValuesTest extends OddValuesContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.sqlite(directory);
    }

    @Override
    String odd() {
        return "'2012-02-30'";
    }

    @Override
    String oddText() {
        return "2012-02-30";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2012-02-30 10:00:00", "2023-02-29", "2024-01-01 24:00:00", "yesterday", "", "2024-1-1 10:00"})
    @DisplayName("A text that is no date and time is refused when it is read, never taken for another")
    void refusesWhatIsNoDate(String text) {
        databases.execute("CREATE TABLE moments (at datetime)");
        databases.execute("INSERT INTO moments VALUES (%s)", text);
        Row row = databases.query("SELECT at FROM moments").get(0);

        assertThatExceptionOfType(DataException.class).isThrownBy(() -> row.get("at"));
        assertThatExceptionOfType(DataException.class).isThrownBy(() -> row.getInstant("at"));
        assertThat(row.getString("at")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01, 2024-01-01T00:00:00Z",
        "2024-01-01 10:00, 2024-01-01T10:00:00Z",
        "2024-01-01T10:00:00.5+02:00, 2024-01-01T08:00:00.5Z"
    })
    @DisplayName("An aggregate of moments is text, which reads as a moment, and a date alone is its midnight")
    void readsMomentsFromExpressions(String text, Instant moment) {
        databases.execute("CREATE TABLE moments (at datetime)");
        databases.execute("INSERT INTO moments VALUES (%s)", text);

        Row row = databases.query("SELECT max(at) AS latest, at FROM moments").get(0);
        assertThat(row.getInstant("latest")).isEqualTo(moment);
        assertThat(row.getInstant("at")).isEqualTo(moment);
        assertThat(row.get("latest", OffsetDateTime.class).toInstant()).isEqualTo(moment);
        assertThat(row.get("latest", LocalDateTime.class)).isEqualTo(row.get("at", LocalDateTime.class));
    }

    @Test
    @DisplayName(
            "The second of the two hours when clocks are set back is refused, since it would come back as the first")
    void refusesTheHourThatIsThereTwice() {
        try (Databases berlin =
                Databases.of(settings().timeZone(ZoneId.of("Europe/Berlin")).build())) {
            berlin.execute("CREATE TABLE moments (at datetime)");
            berlin.execute("INSERT INTO moments VALUES (%s)", Instant.parse("2024-10-27T00:30:00Z"));

            assertThat(berlin.query("SELECT at FROM moments").get(0).getInstant("at"))
                    .isEqualTo(Instant.parse("2024-10-27T00:30:00Z"));
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() ->
                            berlin.execute("INSERT INTO moments VALUES (%s)", Instant.parse("2024-10-27T01:30:00Z")));
        }
    }

    @ParameterizedTest
    @CsvSource({"12.30, 12.30", "12.345, 12.345", "0.30000000000000004, 0.30", "7, 7.00"})
    @DisplayName("A decimal has the zeros of its declared scale, and no digit of it is rounded away")
    void decimalsHaveTheirScale(String stored, BigDecimal back) {
        databases.execute("CREATE TABLE prices (price decimal(10, 2))");
        databases.execute("INSERT INTO prices VALUES (" + stored + ")");

        assertThat(databases.query("SELECT price FROM prices").get(0).getBigDecimal("price"))
                .isEqualTo(back);
    }
}
