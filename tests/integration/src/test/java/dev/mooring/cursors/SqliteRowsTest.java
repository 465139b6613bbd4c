package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.engines.OnSqlite;
import dev.mooring.error.ProgrammingException;
import dev.mooring.kit.contracts.RowsContract;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SQLite: rows as objects and lists as parameters")
class SqliteRowsTest extends RowsContract implements OnSqlite {

    @Test
    @DisplayName("A list that is no list behind IN is refused, with what it may be")
    void refusesAListElsewhere() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query("SELECT * FROM person WHERE id IN (%s, %s)", List.of(1), 2))
                .withMessageContaining("a list may stand behind IN, with nothing else in its parentheses");
    }
}
