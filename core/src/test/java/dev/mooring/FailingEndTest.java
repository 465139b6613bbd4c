package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Work that others end, a part of which cannot be ended: the rest is. */
class FailingEndTest {

    private static final String QUERY = "SELECT 2";

    private final FakeSetup setup = new FakeSetup().with(s -> s.maxConnections(2));
    private final FakeDatabase database = setup.database;
    private DatabaseWrapper wrapper;

    @BeforeEach
    void oneWriterAndTwoRows() {
        database.hasWriteLock = true;
        wrapper = setup.wrapper();
        database.rows(QUERY, List.of(List.of(1), List.of(2)));
    }

    @AfterEach
    void isOver() {
        assertThat(wrapper.unfinished()).isEmpty();
        setup.closeAndVerify();
    }

    static Stream<Consumer<DatabaseWrapper>> work() {
        return Stream.of(
                FailingEndTest::openTwoCursors,
                used -> {
                    used.beginAtomic();
                    openTwoCursors(used);
                },
                used -> {
                    used.stream(QUERY);
                    openTwoCursors(used);
                },
                used -> {
                    used.transaction().setAutocommit(false);
                    used.execute("DO");
                    openTwoCursors(used);
                    used.hold();
                });
    }

    private static void openTwoCursors(DatabaseWrapper used) {
        used.cursor().execute("SELECT 1");
        used.cursor().execute(QUERY);
    }

    @ParameterizedTest
    @MethodSource("work")
    void doesNotOutliveItsUnit(Consumer<DatabaseWrapper> left) {
        UnitOfWork unit = setup.databases().unitOfWork();
        left.accept(wrapper);
        database.fail("close SELECT 1", new StackOverflowError("in the driver"));

        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(unit::close);

        assertThat(setup.counts().leased()).isZero();
        assertThat(wrapper.execute("INSERT")).isEqualTo(1);
    }

    @Test
    void doesNotOutliveItsUnitInTheDataSource() throws Exception {
        try (FakeSetup both = new FakeSetup()) {
            UnitOfWork unit = both.databases().unitOfWork();
            Connection first = both.databases().dataSource().getConnection();
            first.prepareStatement("SELECT 1").executeQuery();
            Connection second = both.databases().dataSource().getConnection();
            second.prepareStatement(QUERY).executeQuery();
            both.wrapper().hold();
            both.database.fail("close SELECT 1", new StackOverflowError("in the driver"));

            assertThatExceptionOfType(StackOverflowError.class).isThrownBy(unit::close);

            assertThat(second.isClosed()).isTrue();
            assertThat(both.wrapper().unfinished()).isEmpty();
            assertThat(both.counts().leased()).isZero();
        }
    }
}
