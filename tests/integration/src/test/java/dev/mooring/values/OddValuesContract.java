package dev.mooring.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.DataException;
import dev.mooring.error.ProgrammingException;
import java.time.DayOfWeek;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values that Java has no counterpart for, and types that the layer alone knows. */
@Tag("wrong-answers")
abstract class OddValuesContract {

    record Day(int id, DayOfWeek day, char initial) {}

    Databases databases;

    abstract DatabaseSettingsBuilder settings();

    /** {@return an expression for a column {@code at} with a value that is no date in Java} */
    abstract String odd();

    /** {@return its text} */
    abstract String oddText();

    @BeforeEach
    void open() {
        databases = Databases.of(settings().build());
        databases.execute("DROP TABLE IF EXISTS odd");
        databases.execute("CREATE TABLE odd (id integer PRIMARY KEY, at date, day varchar(20), initial varchar(1))");
        databases.execute("INSERT INTO odd VALUES (1, %s, %s, %s)", "2024-01-01", DayOfWeek.MONDAY, 'm');
        databases.execute("INSERT INTO odd VALUES (2, " + odd() + ", 'Monday', 'x')");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    @DisplayName("One odd value fails when it is read, not the other values of its result")
    void failsAlone() {
        String sql = "SELECT id, at, initial FROM odd ORDER BY id";
        check(databases.query(sql));
        try (Stream<Row> rows = databases.stream(sql)) {
            check(rows.toList());
        }
        try (Cursor cursor = databases.get().cursor()) {
            check(cursor.execute(sql).fetchAll());
        }
    }

    private void check(List<Row> rows) {
        assertThat(rows.get(0).get("at")).isEqualTo(java.time.LocalDate.of(2024, 1, 1));
        Row odd = rows.get(1);
        assertThat(odd.getInt("id")).isEqualTo(2);
        assertThat(odd.get(2)).isEqualTo("x");
        assertThat(odd.getString("at")).isEqualTo(oddText());
        assertThat(odd.get("at", String.class)).isEqualTo(oddText());
        assertThat(odd.toString()).contains("UnreadableValue").doesNotContain(oddText());
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> odd.get("at"))
                .withMessageStartingWith("Column 'at' cannot be read: ")
                .withMessageNotContaining(oddText());
        assertThatExceptionOfType(DataException.class).isThrownBy(() -> odd.get(1));
        assertThatExceptionOfType(DataException.class).isThrownBy(() -> List.copyOf(odd.values()));
        assertThatExceptionOfType(DataException.class).isThrownBy(() -> odd.get("at", java.time.LocalDate.class));
    }

    @Test
    @DisplayName("Records have enum components, by name, and char components")
    void recordsHaveEnumsAndCharacters() {
        assertThat(databases.query(Day.class, "SELECT id, day, initial FROM odd WHERE day = %s", DayOfWeek.MONDAY))
                .containsExactly(new Day(1, DayOfWeek.MONDAY, 'm'));
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query(Day.class, "SELECT id, day, initial FROM odd WHERE id = 2"))
                .withMessageStartingWith(
                        "Column 'day', for Day.day, holds a String, which was to be read as DayOfWeek");
    }
}
