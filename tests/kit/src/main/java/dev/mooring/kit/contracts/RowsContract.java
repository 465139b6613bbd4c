package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Cursor;
import dev.mooring.Row;
import dev.mooring.error.DataException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.ProgrammingException;
import java.time.DayOfWeek;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One row, one value, records in records, lists behind IN, and batches that return rows, on a real database. */
public abstract class RowsContract extends PersonTable {

    /** For subclasses. */
    protected RowsContract() {}

    record Person(int id, String firstName, @Nullable Integer age) {}

    record Town(String name, @Nullable Integer size) {}

    record Resident(int id, Town town, @Nullable Town birthTown) {}

    record Nobody(int id, Town village) {}

    @BeforeEach
    final void insertPeople() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 36), (2, 'Bob', NULL), (3, 'Cy', 50)");
    }

    @Test
    @DisplayName("ROW-01 A query that finds one row gives it, as a record, a value or what a mapper makes of it")
    void givesTheOneRow() {
        assertThat(databases
                        .query(Person.class, "SELECT * FROM person WHERE id = %s", 1)
                        .one())
                .isEqualTo(new Person(1, "Ada", 36));
        assertThat(databases.query(Long.class, "SELECT count(*) FROM person").one())
                .isEqualTo(3L);
        assertThat(databases
                        .query(String.class, "SELECT first_name FROM person WHERE id = %s", 3)
                        .optional())
                .contains("Cy");
        assertThat(databases
                        .query("SELECT id, first_name FROM person ORDER BY id")
                        .map(row -> row.getInt("id") + row.getString("first_name")))
                .containsExactly("1Ada", "2Bob", "3Cy");
    }

    @Test
    @DisplayName("ROW-02 A query that ought to find one row says what it found instead")
    void saysHowManyRowsThereWere() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() ->
                        databases.query("SELECT * FROM person WHERE id = %s", 9).one())
                .withMessage("The query on database 'default' ought to find one row but found none; use optional()"
                        + " where there may be none; statement: SELECT * FROM person WHERE id = %s");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> databases.query("SELECT * FROM person").optional())
                .withMessage("The query on database 'default' ought to find one row but found 3; narrow its condition,"
                        + " or add LIMIT 1 if any of them will do; statement: SELECT * FROM person");
        assertThat(databases
                        .query(Person.class, "SELECT * FROM person WHERE id = %s", 9)
                        .optional())
                .isEmpty();
    }

    @Test
    @DisplayName("ROW-03 A NULL is an empty optional, and an error where one value was asked for")
    void tellsNullApart() {
        String sql = "SELECT age FROM person WHERE id = 2";

        assertThat(databases.query(Integer.class, sql).optional()).isEmpty();
        assertThat(databases.query(Integer.class, sql)).containsExactly((Integer) null);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> databases.query(Integer.class, sql).one())
                .withMessageContaining("found one whose value is NULL; use optional()");
    }

    @Test
    @DisplayName("ROW-04 One value is asked of a result with one column")
    void refusesSeveralColumnsForOneValue() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query(Integer.class, "SELECT id, age FROM person"))
                .withMessage(
                        "A row is read as one Integer, but the result has the columns [id, age]; select the one, or"
                                + " read the rows as a record");
    }

    @Test
    @DisplayName("ROW-05 Columns of one name are refused by that name, and read by their positions")
    void refusesANameThatTwoColumnsHave() {
        Row row = databases
                .query("SELECT a.id, b.id, a.age FROM person a JOIN person b ON b.id = a.id + 2")
                .one();

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> row.getInt("id"))
                .withMessage(
                        "The result has more than one column 'id': name them apart by AS, or read them by position;"
                                + " it has [id, id, age]");
        assertThat(row.getInt("age")).isEqualTo(36);
        assertThat(row.get(0, Integer.class)).isEqualTo(1);
        assertThat(row.get(1, Long.class)).isEqualTo(3L);
    }

    @Test
    @DisplayName("ROW-06 Bytes are no text")
    void refusesBytesAsText() {
        Row row = databases
                .query("SELECT cast(%s AS " + backend().bytes() + ") AS b", new byte[] {1})
                .one();

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> row.getString("b"))
                .withMessage("Column 'b' holds a byte[], which was to be read as String");
    }

    @Test
    @DisplayName("ROW-07 Enums are bound and read by their names")
    void bindsEnums() {
        databases.execute("UPDATE person SET first_name = %s WHERE id = 1", DayOfWeek.FRIDAY);

        assertThat(databases
                        .query(DayOfWeek.class, "SELECT first_name FROM person WHERE id = 1")
                        .one())
                .isEqualTo(DayOfWeek.FRIDAY);
        assertThat(databases
                        .query(
                                Integer.class,
                                "SELECT id FROM person WHERE first_name IN %s",
                                Set.of(DayOfWeek.FRIDAY, DayOfWeek.MONDAY))
                        .one())
                .isEqualTo(1);
    }

    @Test
    @DisplayName(
            "ROW-08 A component that is a record has the columns that begin with its name, and is null if all of them"
                    + " are")
    void readsRecordsInRecords() {
        List<Resident> residents = databases.query(
                Resident.class,
                "SELECT id, first_name AS town_name, age AS town_size, CASE id WHEN 1 THEN 'Rye' END AS"
                        + " birth_town_name, NULL AS \"birthTownSize\" FROM person WHERE id < 3 ORDER BY id");

        assertThat(residents)
                .containsExactly(
                        new Resident(1, new Town("Ada", 36), new Town("Rye", null)),
                        new Resident(2, new Town("Bob", null), null));
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query(Nobody.class, "SELECT * FROM person"))
                .withMessageContaining(
                        "has a component village, which is a record, but the result has no column whose name"
                                + " begins with that; it has [id, first_name, age]");
    }

    @Test
    @DisplayName("ROW-09 A list behind IN is its elements, with and without parentheses, by position and by name")
    void takesListsBehindIn() {
        assertThat(ids("SELECT id FROM person WHERE id IN %s ORDER BY id", List.of(1, 3)))
                .containsExactly(1, 3);
        assertThat(ids("SELECT id FROM person WHERE id in ( %s ) ORDER BY id", List.of(1, 3)))
                .containsExactly(1, 3);
        assertThat(ids("SELECT id FROM person WHERE id NOT IN %s AND first_name <> %s", List.of(1), "Cy"))
                .containsExactly(2);
        assertThat(ids(
                        "SELECT id FROM person WHERE first_name IN %(names)s AND id > %(id)s",
                        Map.of("names", List.of("Ada", "Cy"), "id", 1)))
                .containsExactly(3);
        assertThat(ids("SELECT id FROM person WHERE NOT id IN %s AND id NOT /* x */ IN (%s)", Set.of(1), Set.of(2)))
                .containsExactly(3);
    }

    @Test
    @DisplayName("ROW-10 Comments around the list make no difference")
    void takesListsBesideComments() {
        assertThat(ids(
                        "SELECT id FROM person WHERE id IN /* in %%s */ ( -- x\n %s /* y */ ) AND id > %s",
                        List.of(1, 3), 1))
                .containsExactly(3);
    }

    @Test
    @DisplayName("ROW-11 What stands behind IN without parentheses and is no list is refused by its place and type")
    void refusesWhatIsNoListBehindIn() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> ids("SELECT id FROM person WHERE age > %s AND id IN %s", 1, new int[] {1}))
                .withMessage(
                        "Parameter 2 stands behind IN and is of type int[]: give a List or a Set, or write IN (%s) for"
                                + " a single value; statement on database 'default': SELECT id FROM person WHERE age > %s"
                                + " AND id IN %s");
        Map<String, Object> named = new HashMap<>(Map.of("ids", List.of(1)));
        named.put("none", null);
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> ids("SELECT id FROM person WHERE id IN %(ids)s AND id IN %(none)s", named))
                .withMessageStartingWith("Parameter 'none' stands behind IN and is null: give a List or a Set,");
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.executeMany("DELETE FROM person WHERE id IN %s", List.of(List.of(1))))
                .withMessageStartingWith("Parameter 1 stands behind IN and is of type java.lang.Integer");
        try (Cursor cursor = databases.get().cursor()) {
            assertThatExceptionOfType(ProgrammingException.class)
                    .isThrownBy(() -> cursor.execute("DELETE FROM person WHERE id IN %s", "x"));
        }
        assertThat(ids("SELECT id FROM person WHERE id IN (%s)", 1)).containsExactly(1);
    }

    @Test
    @DisplayName("ROW-12 A batch takes lists behind IN, of different lengths too, and is all or nothing")
    void takesListsInBatches() {
        String sql = "UPDATE person SET first_name = %s WHERE id NOT IN %s";

        assertThat(databases.executeMany(
                        sql,
                        List.of(List.of("a", List.of(1, 2)), List.of("b", List.of(2)), List.of("c", List.of(1, 3)))))
                .isEqualTo(4);
        assertThat(databases.query(String.class, "SELECT first_name FROM person ORDER BY id"))
                .containsExactly("b", "c", "b");
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.executeMany(
                        "UPDATE person SET id = %s WHERE id IN %s",
                        List.of(List.of(4, List.of(1)), List.of(5, List.of(2, 3)))));
        assertThat(ids("SELECT id FROM person ORDER BY id")).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("ROW-13 Nothing is in an empty list, and everything is not")
    void takesEmptyLists() {
        assertThat(ids("SELECT id FROM person WHERE id IN %s", List.of())).isEmpty();
        assertThat(ids("SELECT id FROM person WHERE first_name NOT IN (%s) ORDER BY id", List.of()))
                .containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName(
            "ROW-14 A list behind IN works in changes, cursors and streams, and with percent signs and quotes around"
                    + " it")
    void takesListsThroughEveryEntryPoint() {
        assertThat(databases.execute(
                        "UPDATE person SET first_name = 'IN %%s' WHERE id IN %s -- in %%s", List.of(1, 2, 9)))
                .isEqualTo(2);
        assertThat(ids("SELECT id FROM person WHERE first_name LIKE 'IN %%' AND id IN %s", List.of(2, 3)))
                .containsExactly(2);
        try (Cursor cursor = databases.get().cursor()) {
            cursor.execute("SELECT id FROM person WHERE id IN %s", List.of(3));
            assertThat(cursor.fetchAll())
                    .singleElement()
                    .extracting(row -> row.getInt("id"))
                    .isEqualTo(3);
        }
        try (Stream<Row> rows = databases.stream("SELECT id FROM person WHERE id IN %s", List.of(1, 2))) {
            assertThat(rows).hasSize(2);
        }
        assertThat(databases.query(Integer.class, "SELECT id FROM person WHERE id = %s AND id IN (%s, %s)", 1, 1, 2))
                .containsExactly(1);
    }

    @Test
    @DisplayName("ROW-15 Lists of texts, numbers and UUIDs may be behind IN")
    void takesListsOfValues() {
        UUID uuid = UUID.randomUUID();
        databases.execute("UPDATE person SET first_name = %s WHERE id = 1", uuid.toString());

        assertThat(ids("SELECT id FROM person WHERE first_name IN %s", List.of(uuid.toString(), "Ada")))
                .containsExactly(1);
        assertThat(ids("SELECT id FROM person WHERE id IN %s", List.of(2L, 7L))).containsExactly(2);
    }

    @Test
    @DisplayName("ROW-16 A batch returns the rows of all its lists, and is all or nothing")
    void returnsTheRowsOfABatch() {
        String sql = "INSERT INTO person (id, first_name) VALUES (%s, %s) RETURNING id";

        assertThat(databases
                        .queryMany(sql, List.of(List.of(10, "Dee"), List.of(11, "Eve")))
                        .map(row -> row.getInt("id")))
                .containsExactly(10, 11);
        assertThat(databases.executeMany("DELETE FROM person WHERE id = %s", List.of(List.of(10), List.of(11))))
                .isEqualTo(2);
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> databases.queryMany(sql, List.of(List.of(12, "Fay"), List.of(1, "Ada"))));
        assertThat(databases.query(Long.class, "SELECT count(*) FROM person").one())
                .isEqualTo(3L);
        assertThat(databases.queryMany(sql, List.of())).isEmpty();
        assertThat(databases.executeMany(sql, List.of())).isZero();
    }

    @Test
    @DisplayName("ROW-17 A request may return nothing")
    void takesARequestWithoutAValue() {
        databases.request(() -> {
            databases.execute("DELETE FROM person");
        });

        assertThat(databases.query(Long.class, "SELECT count(*) FROM person").one())
                .isZero();
    }

    private List<Integer> ids(String sql, Object... parameters) {
        return databases.query(Integer.class, sql, parameters);
    }
}
