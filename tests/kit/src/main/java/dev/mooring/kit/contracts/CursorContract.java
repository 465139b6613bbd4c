package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Row;
import dev.mooring.error.DataException;
import dev.mooring.error.ProgrammingException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What cursors and rows do on a real database. */
public abstract class CursorContract extends PersonTable {

    /** For subclasses. */
    protected CursorContract() {}

    /** A row with a name of two words, and something that may be missing. */
    protected record Person(
            int id, String firstName, @Nullable Integer age) {}

    /** A record with an opinion. */
    record Checked(int age) {
        Checked {
            if (age > 150) {
                throw new IllegalArgumentException("too old");
            }
        }
    }

    @Test
    @DisplayName("CUR-01 Rows become records by the names of their columns")
    void makesRecordsOfRowsByTheNamesOfTheirColumns() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 36), (2, 'Bob', NULL)");

        List<Person> people = databases.query(Person.class, "SELECT age, first_name, id FROM person ORDER BY id");

        assertThat(people).containsExactly(new Person(1, "Ada", 36), new Person(2, "Bob", null));
    }

    @Test
    @DisplayName("CUR-02 A column for which a record has no component is passed over")
    void passesOverColumnsThatARecordHasNoComponentFor() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 36)");
        record Name(String firstName) {}

        assertThat(databases.query(Name.class, "SELECT * FROM person")).containsExactly(new Name("Ada"));
    }

    @Test
    @DisplayName("CUR-03 A component without a column is refused by its name")
    void saysWhichComponentHasNoColumn() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 36)");

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query(Person.class, "SELECT id, age FROM person"))
                .withMessage(Person.class.getName()
                        + " has a component firstName, for which the result has no column; it has [id, age]");
    }

    @Test
    @DisplayName("CUR-04 A component with two columns is refused by its name")
    void saysWhichComponentHasTwoColumns() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 36)");

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(
                        () -> databases.query(Person.class, "SELECT id, age, first_name, 'x' AS firstname FROM person"))
                .withMessageContaining("one component firstName for the columns 'first_name' and 'firstname'");
    }

    @Test
    @DisplayName("CUR-05 NULL for a primitive component is refused by the name of the column")
    void saysWhichColumnIsNullWhereARecordHasNoRoomForIt() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', NULL)");
        record Strict(int age) {}

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query(Strict.class, "SELECT age FROM person"))
                .withMessageContaining("has the int age, but column 'age' is null");
    }

    @Test
    @DisplayName("CUR-06 What a record refuses is a DataException with the reason")
    void saysWhatARecordRefused() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 200)");

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> databases.query(Checked.class, "SELECT age FROM person"))
                .withMessageContaining("Checked refused a row")
                .withMessageContaining("too old");
    }

    @Test
    @DisplayName("CUR-07 Numbers are read without loss or not at all")
    void readsNumbersWithoutLossOrNotAtAll() {
        Row row = databases.query("SELECT 1.5 AS price, 3000000000 AS many").get(0);

        assertThat(row.getDouble("price")).isEqualTo(1.5);
        assertThat(row.getBigDecimal("price")).isEqualByComparingTo("1.5");
        assertThat(row.getLong("many")).isEqualTo(3_000_000_000L);
        assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> row.getLong("price"));
        assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> row.getInt("many"));
    }

    @Test
    @DisplayName("CUR-08 A statement takes as many parameters as the dialect says, and one more is refused before it is"
            + " sent")
    void takesAsManyParametersAsTheDatabaseAndRefusesOneMore() {
        int most = databases.using("default").backend().dialect().maxParameters();
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
    @DisplayName("CUR-09 An INSERT returns the key that the database made")
    void returnsTheKeyThatTheDatabaseMade() {
        databases.execute("DROP TABLE IF EXISTS numbered");
        databases.execute("CREATE TABLE numbered (id " + backend().numberedKey() + ", name text)");

        String insert = backend().returning("INSERT INTO numbered (name) VALUES (%s)", "id");
        int first = databases.query(insert, "a").get(0).getInt("id");
        int second = databases.query(insert, "b").get(0).getInt("id");

        assertThat(second).isEqualTo(first + 1);
        assertThat(databases
                        .query("SELECT name FROM numbered WHERE id = %s", second)
                        .get(0)
                        .getString("name"))
                .isEqualTo("b");
    }

    private static String selectWithParameters(int count) {
        return "SELECT id FROM person WHERE id IN (" + String.join(",", Collections.nCopies(count, "%s")) + ")";
    }

    private static Object[] parameters(int count) {
        return IntStream.range(0, count).boxed().toArray();
    }
}
