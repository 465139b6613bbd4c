package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.AtomicOptions;
import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.Transaction;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.DataException;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ProgrammingException;
import dev.mooring.error.TransactionManagementException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cursors, streams and rows do on a real database. */
abstract class CursorContract {

    Databases databases;

    abstract DatabaseSettingsBuilder settings();

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

    @BeforeEach
    void open() {
        databases = Databases.of(settings().build());
        databases.execute("DROP TABLE IF EXISTS person");
        databases.execute("CREATE TABLE person (id integer PRIMARY KEY, first_name varchar(50), age integer)");
    }

    @AfterEach
    void close() {
        assertThat(databases.using("default").counts().leased()).isZero();
        databases.close();
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
    void streamsRowsAndGivesTheConnectionBack() {
        fill(5_000);

        try (Stream<Row> rows = databases.stream("SELECT id FROM person ORDER BY id")) {
            assertThat(rows.mapToLong(row -> row.getLong("id")))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 5_000).mapToObj(Long::valueOf).toList());
        }

        assertThat(databases.using("default").counts().leased()).isZero();
    }

    @Test
    void streamsNoFurtherThanItIsRead() {
        fill(5_000);

        try (Stream<Row> rows = databases.stream("SELECT id FROM person WHERE id >= %s ORDER BY id", 10)) {
            assertThat(rows.limit(2).map(row -> row.getInt("id"))).containsExactly(10, 11);
        }

        assertThat(databases.using("default").counts().leased()).isZero();
        assertThat(databases.get().inAtomicBlock()).isFalse();
    }

    @Test
    void streamsInsideAtomicWhileItWrites() {
        fill(3_000);

        databases.atomic(() -> {
            try (Stream<Row> rows = databases.stream("SELECT id FROM person WHERE id < 3000")) {
                rows.filter(row -> row.getInt("id") % 1_000 == 0)
                        .forEach(row -> databases.execute(
                                "INSERT INTO person VALUES (%s, 'copy', 0)", row.getInt("id") + 10_000));
            }
        });

        assertThat(databases.query("SELECT count(*) AS n FROM person").get(0).getInt("n"))
                .isEqualTo(3_003);
    }

    @Test
    void endsAStreamThatWasForgottenWithItsUnitOfWork() {
        fill(10);
        try (UnitOfWork unit = databases.unitOfWork()) {
            Stream<Row> forgotten = databases.stream("SELECT id FROM person");
            assertThat(forgotten).isNotNull();
        }

        assertThat(databases.get().inAtomicBlock()).isFalse();
        assertThat(databases.using("default").counts().leased()).isZero();
    }

    @Test
    void refusesToWriteBesideAStreamOutsideAtomic() {
        fill(3);

        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> {
                    try (Stream<Row> rows = databases.stream("SELECT id FROM person")) {
                        rows.forEach(row -> databases.execute("UPDATE person SET age = 1"));
                    }
                })
                .withMessageContaining("UPDATE person SET age = 1")
                .withMessageContaining("read-only")
                .withMessageContaining("stream");

        assertThat(databases.get().inAtomicBlock()).isFalse();
        assertThat(databases.execute("UPDATE person SET age = 1")).isEqualTo(3);
        assertThat(databases.using("default").counts().opened()).isEqualTo(1);
    }

    @Test
    void refusesToWriteInABlockBesideAStreamOutsideAtomic() {
        fill(3);

        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> {
                    try (Stream<Row> rows = databases.stream("SELECT id FROM person")) {
                        rows.forEach(
                                row -> databases.atomic(() -> databases.execute("INSERT INTO person (id) VALUES (9)")));
                    }
                })
                .withMessageContaining("read-only");

        assertThat(databases.query("SELECT id FROM person")).hasSize(3);
    }

    @Test
    void runsTheCommitHooksOfABlockBesideAStreamWhenItIsClosed() {
        fill(1);
        List<String> ran = new ArrayList<>();

        try (Stream<Row> rows = databases.stream("SELECT id FROM person")) {
            assertThat(rows).isNotNull();
            databases.atomic(() -> databases.onCommit(() -> ran.add("hook")));
            assertThat(ran).isEmpty();
        }

        assertThat(ran).containsExactly("hook");
    }

    @Test
    void endsTheTransactionOfAStreamThatWasReadToItsEndAndForgotten() {
        fill(3);

        assertThat(databases.stream("SELECT id FROM person").toList()).hasSize(3);

        assertThat(databases.get().inAtomicBlock()).isFalse();
        assertThat(databases.using("default").counts().leased()).isZero();
        assertThat(databases.execute("UPDATE person SET age = 1")).isEqualTo(3);
    }

    @Test
    void readsAStreamToItsEndInABlockBegunLater() {
        fill(3);

        try (Stream<Row> rows = databases.stream("SELECT id FROM person")) {
            databases.atomic(() -> assertThat(rows.toList()).hasSize(3));
            assertThat(databases.get().inAtomicBlock()).isTrue();
        }

        assertThat(databases.get().inAtomicBlock()).isFalse();
    }

    @ParameterizedTest(name = "{0} and {1} rows, the one opened {2} closed first")
    @CsvSource({"3000,5000,first", "5000,3000,first", "3000,5000,last", "5000,3000,last"})
    void mergesTwoStreams(int ofFirst, int ofSecond, String closedFirst) {
        fill(5_000);
        String sql = "SELECT id FROM person WHERE id < %s ORDER BY id";
        Stream<Row> first = databases.stream(sql, ofFirst);
        Stream<Row> second = databases.stream(sql, ofSecond);
        Iterator<Row> left = first.iterator();
        Iterator<Row> right = second.iterator();

        int read = 0;
        while (left.hasNext() || right.hasNext()) {
            for (Iterator<Row> side : List.of(left, right)) {
                if (side.hasNext()) {
                    assertThat(side.next().getInt("id")).isBetween(0, 4_999);
                    read++;
                }
            }
        }

        assertThat(read).isEqualTo(8_000);
        assertThat(databases.get().inAtomicBlock()).isFalse();
        (closedFirst.equals("first") ? first : second).close();
        (closedFirst.equals("first") ? second : first).close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsOneStreamOnAfterAnotherWasClosed(boolean firstClosed) {
        fill(5_000);
        Stream<Row> first = databases.stream("SELECT id FROM person");
        Stream<Row> second = databases.stream("SELECT id FROM person");
        Stream<Row> closed = firstClosed ? first : second;
        Stream<Row> other = firstClosed ? second : first;
        Iterator<Row> rows = other.iterator();
        assertThat(rows.next()).isNotNull();

        closed.close();

        assertThat(databases.get().inAtomicBlock()).isTrue();
        int read = 1;
        for (; rows.hasNext(); rows.next()) {
            read++;
        }
        assertThat(read).isEqualTo(5_000);
        assertThat(databases.get().inAtomicBlock()).isFalse();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsACursorOnAfterTheStreamBesideItWasClosed(boolean toTheEnd) {
        fill(5_000);
        Stream<Row> stream = databases.stream("SELECT id FROM person");
        try (Cursor cursor = databases.get().cursor().fetchSize(100).execute("SELECT id FROM person")) {
            assertThat(cursor.fetchMany(10)).hasSize(10);
            stream.close();

            assertThat(cursor.fetchMany(1_000)).hasSize(1_000);
            if (toTheEnd) {
                assertThat(cursor.fetchAll()).hasSize(3_990);
                assertThat(databases.get().inAtomicBlock()).isFalse();
            }
        }

        assertThat(databases.get().inAtomicBlock()).isFalse();
    }

    @Test
    void endsAStreamThatWasForgottenBeforeTheUnitOfWork() {
        fill(5_000);
        Stream<Row> forgotten = databases.stream("SELECT id FROM person");
        assertThat(forgotten.findFirst()).isPresent();

        try (UnitOfWork unit = databases.unitOfWork()) {
            assertThat(databases.get().inAtomicBlock()).isFalse();
            assertThat(databases.execute("INSERT INTO person (id) VALUES (9000)"))
                    .isOne();
        }

        assertThat(databases.using("default").counts().leased()).isZero();
        forgotten.close();
    }

    @Test
    void readsOnBesideTheUnitsOfWorkOfItsRows() {
        fill(5_000);
        List<Integer> seen = new ArrayList<>();

        try (Stream<Row> rows = databases.stream("SELECT id FROM person")) {
            rows.forEach(row -> {
                try (UnitOfWork unit = databases.unitOfWork()) {
                    seen.add(row.getInt("id"));
                }
            });
        }

        assertThat(seen).hasSize(5_000);
        assertThat(databases.get().inAtomicBlock()).isFalse();
    }

    @Test
    void closesAStreamWhoseUnitOfWorkIsOver() {
        fill(5_000);
        UnitOfWork unit = databases.unitOfWork();
        Stream<Row> rows = databases.stream("SELECT id FROM person");
        unit.close();

        databases.atomic(() -> {
            rows.close();
            databases.execute("UPDATE person SET age = 1 WHERE id = 1");
        });

        assertThat(databases.get().inAtomicBlock()).isFalse();
    }

    @Test
    void saysHowToLeaveAStreamForADurableBlock() {
        try (Stream<Row> rows = databases.stream("SELECT id FROM person")) {
            assertThat(rows).isNotNull();
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> databases.atomic(AtomicOptions.defaults().durable(), () -> {}))
                    .withMessageContaining("'default'")
                    .withMessageContaining("open stream")
                    .withMessageContaining("close it before");
        }
    }

    @Test
    void streamsInATransactionByHandWhileItWrites() {
        fill(3);
        Transaction transaction = databases.transaction();
        transaction.setAutocommit(false);

        try (Stream<Row> rows = databases.stream("SELECT id FROM person WHERE id < 3")) {
            rows.forEach(
                    row -> databases.execute("INSERT INTO person VALUES (%s, 'copy', 0)", row.getInt("id") + 10_000));
        }
        transaction.commit();
        transaction.setAutocommit(true);

        assertThat(databases.query("SELECT id FROM person")).hasSize(6);
    }

    @Test
    void opensNothingForAStreamThatFails() {
        assertThatExceptionOfType(DatabaseException.class).isThrownBy(() -> databases.stream("SELECT id FROM nobody"));

        assertThat(databases.get().inAtomicBlock()).isFalse();
    }

    @Test
    void takesAsManyParametersAsTheDatabaseAndRefusesOneMore() {
        int most = maxParameters();
        assertThat(databases.query(selectWithParameters(most), parameters(most)))
                .isEmpty();

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query(selectWithParameters(most + 1), parameters(most + 1)))
                .withMessage(
                        "The statement takes %d parameters, but a statement of this database can have %d at the most;"
                                + " divide it",
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

    private void fill(int count) {
        List<List<Object>> people = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            people.add(List.of(id, "n" + id, id % 90));
        }
        databases.atomic(() -> {
            try (Cursor cursor = databases.get().cursor()) {
                cursor.executeMany("INSERT INTO person VALUES (%s, %s, %s)", people);
            }
        });
    }
}
