package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In a locale with digits of its own, dates and times for PostgreSQL are written in ASCII")
class PostgresLiteralsTest {

    private final Locale before = Locale.getDefault();

    @BeforeEach
    void useOtherDigits() {
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
    }

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @Test
    @DisplayName("in literals")
    void literals() {
        assertThat(PostgresLiterals.of(LocalDateTime.of(2024, 1, 2, 3, 4, 5, 6000)))
                .contains("2024-01-02 03:04:05.000006");
        assertThat(PostgresLiterals.of(Duration.ofMillis(-1500))).contains("-00:00:01.500000");
    }

    @Test
    @DisplayName("in parameters, before the year 1 too")
    void parameters() {
        assertThat(PostgresTemporals.date(LocalDate.of(-43, 3, 15)).text()).isEqualTo("0044-03-15 BC");
    }
}
