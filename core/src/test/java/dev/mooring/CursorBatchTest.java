package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mooring.error.InterfaceException;
import dev.mooring.error.ProgrammingException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the batches do of an {@code executeMany} that are made while it runs. */
class CursorBatchTest {

    private static final String UPDATE = "UPDATE a SET b = %s";
    private static final String QUERY = "SELECT n";

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;
    private Cursor cursor;

    @BeforeEach
    void threeRowsAndOneWriter() {
        database.hasWriteLock = true;
        database.rows(QUERY, List.of(List.of(1), List.of(2), List.of(3)));
        cursor = setup.wrapper().cursor();
    }

    @AfterEach
    void close() {
        cursor.close();
        setup.closeAndVerify();
    }

    @Test
    void keepNoLeaseAndNoTurnIfTheyFail() throws InterruptedException {
        Iterable<List<Object>> failing = batches(() -> {
            throw new IllegalStateException("no more");
        });

        assertThatIllegalStateException().isThrownBy(() -> cursor.executeMany(UPDATE, failing));

        isOver();
    }

    @Test
    void keepNoLeaseAndNoTurnIfOneIsOfAnotherLength() throws InterruptedException {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> cursor.executeMany(UPDATE, List.of(List.of(1), List.of(2, 3))));

        isOver();
    }

    @ParameterizedTest
    @MethodSource("uses")
    void areNotMadeWithTheirOwnCursor(Use use) throws InterruptedException {
        Iterable<List<Object>> recursive = batches(() -> {
            use.of(cursor);
            return List.of(2);
        });

        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> cursor.executeMany(UPDATE, recursive))
                .withMessage("The cursor on database 'default' is in the middle of executeMany, whose batches were made"
                        + " with it: make them with another");

        isOver();
        assertThat(cursor.execute(QUERY).fetchAll()).hasSize(3);
    }

    static Stream<Use> uses() {
        return Stream.of(
                used -> used.execute(QUERY), Cursor::fetchOne, used -> used.executeMany(UPDATE, List.of(List.of(1))));
    }

    @Test
    void areNotSentOnceTheyHaveClosedTheirCursor() throws InterruptedException {
        Iterable<List<Object>> closing = batches(() -> {
            cursor.close();
            return List.of(2);
        });

        assertThatExceptionOfType(InterfaceException.class).isThrownBy(() -> cursor.executeMany(UPDATE, closing));

        isOver();
    }

    @Test
    void areNotBegunWithOnceTheyHaveClosedTheirCursor() throws InterruptedException {
        Iterable<List<Object>> closing = () -> {
            cursor.close();
            return List.<List<Object>>of(List.of(1)).iterator();
        };

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> cursor.executeMany(UPDATE, closing))
                .withMessageContaining("is closed");

        isOver();
    }

    @Test
    void dropWhatWasLeftUnreadThoughThereAreNone() throws InterruptedException {
        cursor.execute(QUERY);

        cursor.executeMany(UPDATE, List.of());

        assertThat(cursor.fetchOne()).isNull();
        assertThat(cursor.columnNames()).isEmpty();
        isOver();
    }

    private void isOver() throws InterruptedException {
        assertThat(setup.counts().leased()).isZero();
        assertThat(database.calls).noneMatch(call -> call.startsWith("batch "));
        assertThat(FakeSetup.onAnotherThread(() -> setup.wrapper().execute("INSERT")))
                .isEqualTo(1);
    }

    /** {@return two batches, the second made by {@code second}} */
    private static Iterable<List<Object>> batches(Supplier<List<Object>> second) {
        return () -> {
            Iterator<Supplier<List<Object>>> makers =
                    List.<Supplier<List<Object>>>of(() -> List.of(1), second).iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return makers.hasNext();
                }

                @Override
                public List<Object> next() {
                    return makers.next().get();
                }
            };
        };
    }

    interface Use {
        Object of(Cursor cursor);
    }
}
