package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.AtomicOptions;
import dev.mooring.Cursor;
import dev.mooring.Row;
import dev.mooring.Transaction;
import dev.mooring.UnitOfWork;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.TransactionManagementException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What streams do on a real database. */
public abstract class StreamContract extends PersonTable {

    /** For subclasses. */
    protected StreamContract() {}

    @Test
    @DisplayName("STR-01 A stream reads all rows and gives the connection back")
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
    @DisplayName("STR-02 A stream that is not read to its end gives the connection back when it is closed")
    void streamsNoFurtherThanItIsRead() {
        fill(5_000);

        try (Stream<Row> rows = databases.stream("SELECT id FROM person WHERE id >= %s ORDER BY id", 10)) {
            assertThat(rows.limit(2).map(row -> row.getInt("id"))).containsExactly(10, 11);
        }

        assertThat(databases.using("default").counts().leased()).isZero();
        assertThat(databases.get().inAtomicBlock()).isFalse();
    }

    @Test
    @DisplayName("STR-03 A stream inside atomic goes on while the block writes")
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
    @DisplayName("STR-04 A forgotten stream ends with its unit of work")
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
    @DisplayName("STR-05 A write beside a stream outside atomic is refused")
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
    @DisplayName("STR-06 A write in a block beside a stream outside atomic is refused")
    void refusesToWriteInABlockBesideAStreamOutsideAtomic() {
        fill(3);

        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> {
                    try (Stream<Row> rows = databases.stream("SELECT id FROM person")) {
                        rows.limit(3)
                                .forEach(row -> databases.atomic(() -> databases.execute(
                                        "INSERT INTO person (id) VALUES (%s)", row.getInt("id") + 9)));
                    }
                })
                .withMessageContaining("read-only");

        assertThat(databases.query("SELECT id FROM person")).hasSize(3);
    }

    @Test
    @DisplayName("STR-07 Commit hooks of a block beside a stream run when the stream is closed")
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
    @DisplayName("STR-08 A stream that was read to its end keeps no transaction")
    void endsTheTransactionOfAStreamThatWasReadToItsEndAndForgotten() {
        fill(3);

        assertThat(databases.stream("SELECT id FROM person").toList()).hasSize(3);

        assertThat(databases.get().inAtomicBlock()).isFalse();
        assertThat(databases.using("default").counts().leased()).isZero();
        assertThat(databases.execute("UPDATE person SET age = 1")).isEqualTo(3);
    }

    @Test
    @DisplayName("STR-09 A stream may be read to its end in a block begun later")
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
    @DisplayName("STR-10 Two streams are read in turns")
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
    @DisplayName("STR-11 A stream goes on after another one was closed")
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
    @DisplayName("STR-12 A cursor goes on after the stream beside it was closed")
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
    @DisplayName("STR-13 A stream forgotten before a unit of work is ended by it")
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
    @DisplayName("STR-14 A stream goes on beside the units of work of its rows")
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
    @DisplayName("STR-15 A stream whose unit of work is over can be closed later")
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
    @DisplayName("STR-16 A durable block inside an open stream is refused with the way out")
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
    @DisplayName("STR-17 A stream in a transaction by hand goes on while it writes")
    void streamsInATransactionByHandWhileItWrites() {
        fill(3);
        Transaction transaction = databases.get().transaction();
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
    @DisplayName("STR-18 A stream whose statement fails leaves nothing open")
    void opensNothingForAStreamThatFails() {
        assertThatExceptionOfType(DatabaseException.class).isThrownBy(() -> databases.stream("SELECT id FROM nobody"));

        assertThat(databases.get().inAtomicBlock()).isFalse();
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
