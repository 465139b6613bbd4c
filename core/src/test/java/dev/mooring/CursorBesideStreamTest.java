package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.OperationalException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor in the read-only block of a stream that was closed before it: it ends the block. */
class CursorBesideStreamTest {

    private static final String QUERY = "SELECT n";

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;
    private final DatabaseWrapper wrapper = setup.wrapper();
    private final Cursor cursor = wrapper.cursor();

    @BeforeEach
    void closeTheStreamFirst() {
        database.rows(QUERY, List.of(List.of(1), List.of(2)));
        try (Stream<Row> stream = wrapper.stream(QUERY)) {
            assertThat(stream).isNotNull();
            cursor.execute(QUERY);
        }
        assertThat(wrapper.inAtomicBlock()).isTrue();
    }

    @AfterEach
    void isOver() {
        assertThat(wrapper.unfinished()).isEmpty();
        setup.closeAndVerify();
    }

    @Test
    void endsItWithItsLastRow() {
        assertThat(cursor.fetchAll()).hasSize(2);

        assertThat(database.calls).containsExactly("BEGIN", QUERY, QUERY, "COMMIT");
    }

    @Test
    void endsItWhenItIsClosed() {
        cursor.close();

        assertThat(database.calls).containsExactly("BEGIN", QUERY, QUERY, "COMMIT");
    }

    @Test
    void endsItBeforeItsNextStatement() {
        cursor.execute("UPDATE a");

        assertThat(database.calls).endsWith("COMMIT", "UPDATE a");
    }

    @Test
    void endsItBeforeItsNextBatch() {
        cursor.executeMany("UPDATE a SET b = %s", List.of(List.of(1)));

        assertThat(database.calls).endsWith("COMMIT", "batch UPDATE a SET b = ?");
    }

    @Test
    void endsItBeforeItsNextStatementGoesThroughWrappers() {
        try (ExecuteWrapper.Scope scope = wrapper.executeWrapper(Execution::proceed)) {
            cursor.execute("UPDATE a");
            assertThat(database.calls).endsWith("COMMIT", "UPDATE a");
        }
    }

    @Test
    void endsItThoughClosingBreaksOff() {
        database.fail("close " + QUERY, new StackOverflowError("in the driver"));

        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(cursor::close);

        assertThat(database.calls).doesNotContain("COMMIT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "08006"})
    void endsItInARollbackIfReadingFailed(String state) {
        database.fail("next " + QUERY, FakeDatabase.error(state));
        assertThatExceptionOfType(OperationalException.class).isThrownBy(cursor::fetchOne);

        assertThat(database.calls).doesNotContain("COMMIT");
        assertThat(wrapper.execute("UPDATE a")).isEqualTo(1);
    }
}
