package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A date and time in SQLite")
class SqliteDateTimesTest {

    private final SqliteDateTimes dateTimes = new SqliteDateTimes(ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "2024-02-29 23:59:58, 2024-02-29T23:59:58Z",
        "2024-02-29 23:59:58.000001, 2024-02-29T23:59:58.000001Z",
        "0001-01-01 00:00:00.999999, 0001-01-01T00:00:00.999999Z",
        "9999-12-31 23:59:59.999999, 9999-12-31T23:59:59.999999Z",
    })
    @DisplayName("is read the same in the form that Django writes and in other forms")
    void readsEveryForm(String text, Instant moment) {
        assertThat(dateTimes.moment(text)).isEqualTo(moment);
        assertThat(dateTimes.moment(text.replace(' ', 'T'))).isEqualTo(moment);
        assertThat(dateTimes.moment(text + "Z")).isEqualTo(moment);
        assertThat(dateTimes.moment(text + (text.contains(".") ? "0" : ".0"))).isEqualTo(moment);
        assertThat(dateTimes.local(text)).isEqualTo(LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
        assertThat(new SqliteDateTimes(ZoneId.of("Europe/Oslo")).local(text + "Z"))
                .isEqualTo(LocalDateTime.ofInstant(moment, ZoneId.of("Europe/Oslo")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29 00:00:00",
                "2024-02-30 00:00:00.000000",
                "2024-13-01 00:00:00",
                "2024-00-01 00:00:00",
                "2024-01-01 24:00:00",
                "2024-01-01 23:60:00",
                "2024-01-01 23:59:60.000000",
                "2024-01-01 23-59-59",
                "2024-01-01 23:59:59,000000",
                "2024-01-01 +1:59:59",
                "\uff12\uff10\uff12\uff14-01-01 23:59:59",
                "2024-01-01_23:59:59",
                "",
            })
    @DisplayName("that does not exist, or is written in another way, is refused")
    void refusesOthers(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> dateTimes.moment(text));
    }

    @Test
    @DisplayName("is written in ASCII in a locale with digits of its own")
    void writesAsciiDigits() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        try {
            assertThat(dateTimes.text(Instant.parse("2024-01-02T12:34:56.789Z")))
                    .isEqualTo("2024-01-02 12:34:56.789000");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"2024-03-31 02:30:00", "2024-03-31 02:30:00.0", "2024-03-31T02:30:00.000000"})
    @DisplayName("that the zone of the connection leaves out is refused in each form")
    void refusesGaps(String text) {
        SqliteDateTimes oslo = new SqliteDateTimes(ZoneId.of("Europe/Oslo"));
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> oslo.moment(text));
    }
}
