package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.RowsContract;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("PostgreSQL: rows as objects and lists as parameters")
class PostgresRowsTest extends RowsContract implements OnPostgres {

    @Test
    @DisplayName("A list of texts is compared as one text is, with enums, UUIDs, dates and padded texts too")
    void comparesListsOfTextsAsOneText() {
        databases.execute("DROP TABLE IF EXISTS odd");
        databases.execute("DROP TYPE IF EXISTS mood");
        databases.execute("CREATE TYPE mood AS ENUM ('SATURDAY', 'sad')");
        databases.execute("CREATE TABLE odd (mood mood, uuid uuid, day date, padded char(5), number integer)");
        String uuid = "133276c0-a840-4904-932b-f2996d80ab3f";
        databases.execute("INSERT INTO odd VALUES (%s, %s, %s, %s, %s)", "SATURDAY", uuid, "2024-01-02", "ab", "7");

        String count = "SELECT count(*) FROM odd WHERE mood IN %s AND uuid IN %s AND day IN %s AND padded IN %s"
                + " AND number IN %s AND 'x' IN %s AND %s IN %s";
        assertThat(databases
                        .query(
                                Long.class,
                                count,
                                List.of(DayOfWeek.SATURDAY),
                                List.of(uuid),
                                Arrays.asList("2024-01-02", null),
                                List.of("ab   ", "c"),
                                Set.of("7", "8"),
                                List.of("x"),
                                "y",
                                List.of("y"))
                        .one())
                .isEqualTo(1);
        assertThat(databases
                        .query(Long.class, "SELECT count(*) FROM odd WHERE mood NOT IN %s", List.of("sad"))
                        .one())
                .isEqualTo(1);
        databases.execute("DROP TABLE odd");
        databases.execute("DROP TYPE mood");
    }

    @Test
    @DisplayName("IN of position() takes a text")
    void leavesPositionAlone() {
        assertThat(databases
                        .query(
                                Integer.class,
                                "SELECT position(%s IN %s) FROM person WHERE id IN %s",
                                "b",
                                "abc",
                                List.of(1))
                        .one())
                .isEqualTo(2);
        assertThat(databases
                        .query(Integer.class, "SELECT position('b' in %s)", "abc")
                        .one())
                .isEqualTo(2);
    }
}
