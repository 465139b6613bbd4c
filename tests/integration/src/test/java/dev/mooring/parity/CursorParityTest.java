package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Cursor;
import dev.mooring.error.InterfaceException;
import dev.mooring.error.ProgrammingException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cursors: Django's {@code BackendTestCase}. */
@EveryWorld
class CursorParityTest extends ParityContract {

    private static final String INSERT = "INSERT INTO reporter (id, name) VALUES (%s, %s)";
    private static final String INSERT_BY_NAME = "INSERT INTO reporter (name, id) VALUES (%(name)s, %(id)s)";

    @Test
    @Django("BE-02")
    void runsAStatementForEachListOfParameters() {
        try (Cursor cursor = databases.get().cursor()) {
            cursor.executeMany(INSERT, List.of(List.of(1, "Tintin"), Arrays.asList(2, null)));

            assertThat(cursor.rowCount()).isEqualTo(2);
        }
        assertThat(databases.query("SELECT id FROM reporter")).hasSize(2);
    }

    @Test
    @Django("BE-03")
    void doesNothingForNoParameters() {
        try (Cursor cursor = databases.get().cursor()) {
            cursor.executeMany(INSERT, List.of());
        }

        assertThat(reporters()).isEmpty();
    }

    @Test
    @Django("BE-04")
    void takesParametersFromWhateverIterates() {
        Iterable<List<Object>> hundred = () -> IntStream.range(0, 100)
                .mapToObj(id -> List.<Object>of(id, "n" + id))
                .iterator();
        try (Cursor cursor = databases.get().cursor()) {
            cursor.executeMany(INSERT, hundred);
        }

        assertThat(reporters()).hasSize(100);
    }

    @Test
    @Django("BE-05")
    void takesParametersByName() {
        databases.execute(INSERT_BY_NAME, Map.of("id", 1, "name", "Tintin"));

        assertThat(databases.query("SELECT name FROM reporter WHERE id = %(id)s", Map.of("id", 1)))
                .extracting(row -> row.getString("name"))
                .containsExactly("Tintin");
    }

    @Test
    @Django(value = "BE-06", differs = "Each map stands in a list of its own")
    void takesManyParametersByName() {
        try (Cursor cursor = databases.get().cursor()) {
            cursor.executeMany(
                    INSERT_BY_NAME,
                    List.of(List.of(Map.of("id", 1, "name", "Tintin")), List.of(Map.of("id", 2, "name", "Haddock"))));
        }

        assertThat(reporters()).containsExactly("Tintin", "Haddock");
    }

    @Test
    @Django("BE-07")
    void takesParametersByNameFromWhateverIterates() {
        Iterable<List<Map<String, Object>>> many = () -> IntStream.range(0, 5)
                .mapToObj(id -> List.of(Map.<String, Object>of("id", id, "name", "n" + id)))
                .iterator();
        try (Cursor cursor = databases.get().cursor()) {
            cursor.executeMany(INSERT_BY_NAME, many);
        }

        assertThat(reporters()).containsExactly("n0", "n1", "n2", "n3", "n4");
    }

    @Test
    @Django("BE-08")
    void fetchesOneManyAndAllOfOneResult() {
        for (String name : List.of("Tintin", "Haddock", "Calculus", "Snowy", "Žofré")) {
            insert(name);
        }
        try (Cursor cursor = databases.get().cursor()) {
            cursor.execute("SELECT name FROM reporter ORDER BY id");

            assertThat(cursor.fetchOne())
                    .extracting(row -> row.getString("name"))
                    .isEqualTo("Tintin");
            assertThat(cursor.fetchMany(2))
                    .extracting(row -> row.getString("name"))
                    .containsExactly("Haddock", "Calculus");
            assertThat(cursor.fetchAll())
                    .extracting(row -> row.getString("name"))
                    .containsExactly("Snowy", "Žofré");
            assertThat(cursor.fetchOne()).isNull();
        }
    }

    @Test
    @Django(value = "BE-12", differs = "`InterfaceException` on both; on SQLite Django says ProgrammingError")
    void isClosedAtTheEndOfItsBlock() {
        Cursor closed;
        try (Cursor cursor = databases.get().cursor()) {
            closed = cursor;
            cursor.execute("SELECT 1 AS one");
        }

        assertThatExceptionOfType(InterfaceException.class).isThrownBy(() -> closed.execute("SELECT 1 AS one"));
    }

    @Test
    @Django("BE-21")
    void takesAPercentSignAsItIsUnlessThereAreParameters() {
        assertThat(databases.query("SELECT '%' AS sign").get(0).getString("sign"))
                .isEqualTo("%");
        assertThat(databases.query("SELECT '%%' AS sign, %s AS n", 1).get(0).getString("sign"))
                .isEqualTo("%");
    }

    @Test
    @Django(
            value = "BE-22",
            better = "Counted before anything is sent, so that a transaction goes on on PostgreSQL too")
    void countsParameters() {
        databases.atomic(() -> {
            assertThatExceptionOfType(ProgrammingException.class)
                    .isThrownBy(() -> databases.execute(INSERT, 1))
                    .withMessageContaining("takes 2 parameters but was given 1");
            assertThatExceptionOfType(ProgrammingException.class)
                    .isThrownBy(() -> databases.execute(INSERT, 1, "a", 2))
                    .withMessageContaining("takes 2 parameters but was given 3");
            assertThatExceptionOfType(ProgrammingException.class)
                    .isThrownBy(() -> databases.execute(INSERT_BY_NAME, Map.of("id", 1)))
                    .withMessageContaining("The parameter 'name' has no value");
            insert("Tintin");
        });

        assertThat(reporters()).containsExactly("Tintin");
    }

    @Test
    @Django("BE-27")
    void selectsWithAWhereAndNoTable() {
        assertThat(databases.query("SELECT 1 AS one WHERE 1 = 1").get(0).getInt("one"))
                .isEqualTo(1);
        assertThat(databases.query("SELECT 1 AS one WHERE 1 = 0")).isEmpty();
    }
}
