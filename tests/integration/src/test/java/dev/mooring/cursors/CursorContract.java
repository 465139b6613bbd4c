package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Row;
import dev.mooring.error.DataException;
import dev.mooring.error.ProgrammingException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What cursors and rows do on a real database. */
abstract class CursorContract extends PersonTable {

    /** {@return the most parameters that a statement can have} */
    abstract int maxParameters();

    /** A row with a name of two words, and something that may be missing. */
    record Person(int id, String firstName, @Nullable Integer age) {}

    /** A record with an opinion. */
    record Checked(int age) {
        Checked {
            if (age > 150) {
                throw new IllegalArgumentException("too old");
            }
        }
    }

    @Test
    void makesRecordsOfRowsByTheNamesOfTheirColumns() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 36), (2, 'Bob', NULL)");

        List<Person> people = databases.query(Person.class, "SELECT age, first_name, id FROM person ORDER BY id");

        assertThat(people).containsExactly(new Person(1, "Ada", 36), new Person(2, "Bob", null));
    }

    @Test
    void passesOverColumnsThatARecordHasNoComponentFor() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 36)");
        record Name(String firstName) {}

        assertThat(databases.query(Name.class, "SELECT * FROM person")).containsExactly(new Name("Ada"));
    }

    @Test
    void saysWhichComponentHasNoColumn() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 36)");

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query(Person.class, "SELECT id, age FROM person"))
                .withMessage(Person.class.getName()
                        + " has a component firstName, for which the result has no column; it has [id, age]");
    }

    @Test
    void saysWhichComponentHasTwoColumns() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 36)");

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(
                        () -> databases.query(Person.class, "SELECT id, age, first_name, 'x' AS firstname FROM person"))
                .withMessageContaining("one component firstName for the columns 'first_name' and 'firstname'");
    }

    @Test
    void saysWhichColumnIsNullWhereARecordHasNoRoomForIt() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', NULL)");
        record Strict(int age) {}

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query(Strict.class, "SELECT age FROM person"))
                .withMessageContaining("has the int age, but column 'age' is null");
    }

    @Test
    void saysWhatARecordRefused() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 200)");

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> databases.query(Checked.class, "SELECT age FROM person"))
                .withMessageContaining("Checked refused a row")
                .withMessageContaining("too old");
    }

    @Test
    void readsNumbersWithoutLossOrNotAtAll() {
        Row row = databases.query("SELECT 1.5 AS price, 3000000000 AS many").get(0);

        assertThat(row.getDouble("price")).isEqualTo(1.5);
        assertThat(row.getBigDecimal("price")).isEqualByComparingTo("1.5");
        assertThat(row.getLong("many")).isEqualTo(3_000_000_000L);
        assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> row.getLong("price"));
        assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> row.getInt("many"));
    }

    @Test
    void takesAsManyParametersAsTheDatabaseAndRefusesOneMore() {
        int most = maxParameters();
        assertThat(databases.query(selectWithParameters(most), parameters(most)))
                .isEmpty();

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query(selectWithParameters(most + 1), parameters(most + 1)))
                .withMessage(
                        "The statement takes %d parameters, but a statement on database 'default' can have at most %d;"
                                + " divide it into several",
                        most + 1, most);
        assertThat(databases.query("SELECT 1 AS one").get(0).getInt("one")).isEqualTo(1);
    }

    @Test
    void returnsTheKeyThatTheDatabaseMade() {
        databases.execute("DROP TABLE IF EXISTS numbered");
        databases.execute("CREATE TABLE numbered (id " + numberedKey() + ", name text)");

        int first = databases
                .query("INSERT INTO numbered (name) VALUES (%s) RETURNING id", "a")
                .get(0)
                .getInt("id");
        int second = databases
                .query("INSERT INTO numbered (name) VALUES (%s) RETURNING id", "b")
                .get(0)
                .getInt("id");

        assertThat(second).isEqualTo(first + 1);
        assertThat(databases
                        .query("SELECT name FROM numbered WHERE id = %s", second)
                        .get(0)
                        .getString("name"))
                .isEqualTo("b");
    }

    /** {@return the type of a key that the database numbers} */
    abstract String numberedKey();

    private static String selectWithParameters(int count) {
        return "SELECT id FROM person WHERE id IN (" + String.join(",", Collections.nCopies(count, "%s")) + ")";
    }

    private static Object[] parameters(int count) {
        return IntStream.range(0, count).boxed().toArray();
    }
}
