package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.InterfaceException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the transaction of a stream that goes wrong. */
class RowStreamTest {

    private static final String QUERY = "SELECT n";

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;
    private final DatabaseWrapper wrapper = setup.wrapper();

    @BeforeEach
    void twoRows() {
        database.rows(QUERY, List.of(List.of(1), List.of(2)));
    }

    @AfterEach
    void isOver() {
        assertThat(wrapper.unfinished()).isEmpty();
        assertThat(wrapper.execute("UPDATE a")).isEqualTo(1);
        setup.closeAndVerify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "08006"})
    void isRolledBackIfItsStatementCannotBePrepared(String state) {
        database.fail("prepare " + QUERY, FakeDatabase.error(state));

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> wrapper.stream(QUERY))
                .withMessageContaining("the driver says " + state);

        assertThat(database.calls).doesNotContain("COMMIT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "08006"})
    void isRolledBackIfReadingFails(String state) {
        database.fail("next " + QUERY, FakeDatabase.error(state));

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> {
                    try (Stream<Row> rows = wrapper.stream(QUERY)) {
                        assertThat(rows).isEmpty();
                    }
                })
                .withMessageContaining("the driver says " + state)
                .satisfies(failure -> assertThat(failure).hasNoSuppressedExceptions());

        assertThat(database.calls).doesNotContain("COMMIT");
    }

    @Tag("threads")
    @Test
    void isLeftAloneByAForeignThread() {
        try (Stream<Row> rows = wrapper.stream(QUERY)) {
            Iterator<Row> read = rows.iterator();
            assertThat(read.next()).isNotNull();

            assertThatExceptionOfType(InterfaceException.class)
                    .isThrownBy(() -> FakeSetup.onAnotherThread(() -> {
                        rows.close();
                        return "closed";
                    }));

            assertThat(wrapper.inAtomicBlock()).isTrue();
            assertThat(read.next()).isNotNull();
            assertThat(read.hasNext()).isFalse();
        }
        assertThat(database.calls).containsExactly("BEGIN", QUERY, "COMMIT");
    }

    @Test
    void isEndedWithItsCursorByTheNextUnitOfWork() {
        Stream<Row> forgotten = wrapper.stream(QUERY);

        try (UnitOfWork unit = setup.databases().unitOfWork()) {
            assertThat(wrapper.unfinished()).containsExactly("a unit of work");
            assertThat(setup.counts().leased()).isZero();
        }
        forgotten.close();
    }
}
