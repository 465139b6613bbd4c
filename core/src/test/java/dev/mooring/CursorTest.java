package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.InterfaceException;
import dev.mooring.error.ProgrammingException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CursorTest {

    private static final String QUERY = "SELECT n";

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;
    private final Cursor cursor = setup.wrapper().cursor();

    @BeforeEach
    void threeRows() {
        database.rows(QUERY, List.of(List.of(1, "a"), List.of(2, "b"), List.of(3, "c")));
    }

    @AfterEach
    void close() {
        cursor.close();
        assertThat(setup.counts().leased()).isZero();
        setup.close();
    }

    @Test
    void keepsTheLeaseUntilTheLastRowWasFetched() {
        cursor.execute(QUERY);
        assertThat(cursor.fetchOne()).isNotNull();
        assertThat(cursor.fetchMany(2)).hasSize(2);
        assertThat(setup.counts().leased()).isEqualTo(1);

        assertThat(cursor.fetchOne()).isNull();

        assertThat(setup.counts().leased()).isZero();
        assertThat(cursor.fetchOne()).isNull();
    }

    @Test
    void keepsTheLeaseUntilItIsClosed() {
        cursor.execute(QUERY).fetchOne();

        cursor.close();

        assertThat(setup.counts().leased()).isZero();
        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(cursor::fetchOne)
                .withMessage("The cursor on database 'default' is closed");
    }

    @Test
    void keepsNoLeaseAfterAStatementWithoutRows() {
        cursor.execute("UPDATE a");

        assertThat(cursor.rowCount()).isEqualTo(1);
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void dropsWhatIsLeftOfTheLastResult() {
        cursor.execute(QUERY);

        cursor.execute(QUERY);

        assertThat(cursor.fetchAll()).hasSize(3);
        assertThat(database.opened).hasValue(1);
    }

    @Test
    void continuesOneResultWhateverTheWayOfFetching() { // BE-08
        cursor.execute(QUERY);

        assertThat(cursor.columnNames()).containsExactly("c1", "c2");
        assertThat(cursor.fetchOne()).hasToString("[c1, c2] [1, a]");
        assertThat(cursor.fetchMany(1)).hasToString("[[c1, c2] [2, b]]");
        assertThat(cursor.fetchAll()).hasToString("[[c1, c2] [3, c]]");
    }

    @Test
    void forgetsTheColumnsAndTheCountOfTheStatementBefore() {
        cursor.execute(QUERY).fetchAll();
        cursor.execute("UPDATE a");
        assertThat(cursor.columnNames()).isEmpty();

        database.fail("UPDATE b", FakeDatabase.error("42601"));
        assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> cursor.execute("UPDATE b"));

        assertThat(cursor.rowCount()).isEqualTo(-1);
    }

    @Test
    void addsUpABatch() { // BE-02, BE-04
        cursor.executeMany("UPDATE a SET b = %s", List.of(List.of(1), List.of(2), List.of(3)));

        assertThat(cursor.rowCount()).isEqualTo(3);
        assertThat(database.drain()).containsExactly("BEGIN", "batch UPDATE a SET b = ?", "COMMIT");
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    @DisplayName("Of a batch of inserts whose rows the driver does not count, each list counts as one row")
    void countsOneRowForEachInsertThatIsNotCounted() {
        cursor.executeMany("INSERT INTO a VALUES (%s)", List.of(List.of(1), List.of(2), List.of(3)));

        assertThat(cursor.rowCount()).isEqualTo(3);
    }

    @Test
    void doesNothingForAnEmptyBatch() { // BE-03
        cursor.executeMany("UPDATE a SET b = %s", List.of());

        assertThat(cursor.rowCount()).isZero();
        assertThat(database.opened).hasValue(0);
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("A text without placeholders that is given parameters, or no text at all, is told what is wrong")
    void saysHowParametersAreWritten() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> cursor.execute("SELECT a WHERE b = ?", 1))
                .withMessage(
                        "The statement takes 0 parameters but was given 1: write %s in the text for each parameter, or"
                                + " %(name)s with one Map of them; statement on database 'default': SELECT a WHERE b = ?");
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> cursor.execute(null))
                .withMessage("The text of the statement must not be null");
    }

    @Test
    void takesNamedParameters() { // BE-05
        cursor.execute("UPDATE a SET b = %(x)s", Map.of("x", 1));

        assertThat(cursor.rowCount()).isEqualTo(1);
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> cursor.execute("UPDATE a SET b = %(x)s", Map.of("y", 1)))
                .withMessage(
                        "The parameter 'x' has no value in the Map that was given; statement on database 'default': UPDATE a SET b = %(x)s");
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> cursor.execute("UPDATE a SET b = %(x)s", 1))
                .withMessage(
                        "The statement has named parameters and takes one Map of them; statement on database 'default': UPDATE a SET b = %(x)s");
        assertThat(database.closed).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "3, 1"})
    void refusesTheWrongNumberOfParametersBeforeSendingAnything(int given, int wanted) { // BE-22
        String sql = "DO " + "%s ".repeat(wanted).trim();
        Object[] parameters = new Object[given];

        if (given > 0) {
            assertThatExceptionOfType(ProgrammingException.class)
                    .isThrownBy(() -> cursor.execute(sql, parameters))
                    .withMessage(
                            "The statement takes %s but was given %d: give one value for each %%s; statement on database 'default': %s",
                            wanted == 1 ? "1 parameter" : wanted + " parameters", given, sql);
            assertThat(database.opened).hasValue(0);
        } else {
            cursor.execute(sql);
            assertThat(database.drain()).containsExactly(sql);
        }
    }

    @Test
    void letsItsBlockEndThoughItIsStillOpen() {
        setup.wrapper().atomic(() -> {
            cursor.execute(QUERY).fetchOne();
        });

        assertThat(database.drain()).containsExactly("BEGIN", QUERY, "COMMIT");
        assertThat(setup.counts().leased()).isEqualTo(1);
    }

    @Test
    void endsOnceWhatItBeganIfTheFetchSizeIsRefused() {
        database.fail("fetch size", FakeDatabase.error("42601"));
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> cursor.fetchSize(5).execute(QUERY));

        cursor.close();

        try (Lease lease = setup.wrapper().hold()) {
            assertThat(lease).isNotNull();
            setup.wrapper().execute("UPDATE a");
            assertThat(setup.counts().leased()).isEqualTo(1);
        }
    }
}
