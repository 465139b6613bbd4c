package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.ExecuteWrapper;
import dev.mooring.Row;
import dev.mooring.error.ProgrammingException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a percent sign means when the list of parameters is empty, and when there is none. */
@Tag("wrong-answers")
public abstract class EmptyParametersContract extends PersonTable {

    /** For subclasses. */
    protected EmptyParametersContract() {}

    private static final String FILTERED = "SELECT 'a%%b' AS text";

    record Text(String text) {}

    @Test
    @DisplayName("EMP-01 The last filter of a dynamic query drops out, and %% in its text is still one percent sign")
    void readsTheTextTheSameWayWithAnEmptyArray() {
        List<@Nullable Object> filters = new ArrayList<>();

        assertThat(databases.query(FILTERED, filters.toArray()).get(0).getString("text"))
                .isEqualTo("a%b");
        assertThat(databases
                        .using("default")
                        .query(FILTERED, filters.toArray())
                        .get(0)
                        .getString("text"))
                .isEqualTo("a%b");
        assertThat(databases.get().query(FILTERED, filters.toArray()).get(0).getString("text"))
                .isEqualTo("a%b");
        assertThat(databases.query(Text.class, FILTERED, filters.toArray())).containsExactly(new Text("a%b"));
        assertThat(databases.using("default").query(Text.class, FILTERED, filters.toArray()))
                .containsExactly(new Text("a%b"));
        try (Stream<Row> rows = databases.stream(FILTERED, filters.toArray())) {
            assertThat(rows.map(row -> row.getString("text"))).containsExactly("a%b");
        }
        try (Cursor cursor = databases.get().cursor()) {
            assertThat(cursor.execute(FILTERED, filters.toArray())
                            .fetchAll()
                            .get(0)
                            .getString("text"))
                    .isEqualTo("a%b");
        }
    }

    @Test
    @DisplayName(
            "EMP-02 Changes with an empty array of parameters, in execute and executeMany, store one percent sign for"
                    + " %%")
    void storesOnePercentSign() {
        String insert = "INSERT INTO person (id, first_name) VALUES (1, '100%%')";
        databases.execute(insert, new Object[0]);
        try (Cursor cursor = databases.get().cursor()) {
            cursor.executeMany(insert.replace("(1,", "(2,"), List.of(List.of()));
        }

        assertThat(databases.query("SELECT first_name FROM person ORDER BY id"))
                .extracting(row -> row.getString("first_name"))
                .containsExactly("100%", "100%");
    }

    @Test
    @DisplayName("EMP-03 Without an array of parameters a text goes to the database as it is")
    void leavesTheTextAloneWithoutParameters() {
        assertThat(databases.query(FILTERED).get(0).getString("text")).isEqualTo("a%%b");
        assertThat(databases.query("SELECT '%s' AS text").get(0).getString("text"))
                .isEqualTo("%s");
        assertThat(databases.query(Text.class, FILTERED)).containsExactly(new Text("a%%b"));
        assertThat(databases.execute("INSERT INTO person (id, first_name) VALUES (1, '100%')"))
                .isOne();
        try (Cursor cursor = databases.get().cursor();
                Stream<Row> rows = databases.stream(FILTERED)) {
            assertThat(cursor.execute(FILTERED).fetchAll().get(0).getString("text"))
                    .isEqualTo("a%%b");
            assertThat(rows.map(row -> row.getString("text"))).containsExactly("a%%b");
        }
    }

    @Test
    @DisplayName("EMP-04 A lone percent sign is refused with an empty array, as it is with values")
    void refusesALonePercentSignWithAnEmptyArray() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query("SELECT 7 % 2", new Object[0]))
                .withMessageContaining("write %% for a percent sign");
    }

    @Test
    @DisplayName("EMP-05 Execute wrappers pass on whether there were parameters")
    void keepsTheDifferenceInExecuteWrappers() {
        List<Boolean> given = new ArrayList<>();
        ExecuteWrapper watching = execution -> {
            given.add(execution.hasParameters());
            execution.proceedAs(execution.sql());
        };
        try (Databases wrapped = Databases.builder()
                .add(settings().build())
                .backend(backend().provider())
                .executeWrapper(watching)
                .build()) {
            assertThat(wrapped.query(FILTERED).get(0).getString("text")).isEqualTo("a%%b");
            assertThat(wrapped.query(FILTERED, new Object[0]).get(0).getString("text"))
                    .isEqualTo("a%b");
            try (Cursor cursor = wrapped.get().cursor()) {
                assertThat(cursor.execute(FILTERED).fetchAll().get(0).getString("text"))
                        .isEqualTo("a%%b");
                assertThat(cursor.execute(FILTERED, new Object[0])
                                .fetchAll()
                                .get(0)
                                .getString("text"))
                        .isEqualTo("a%b");
            }
        }

        assertThat(given).containsExactly(false, true, false, true);
    }

    @Test
    @DisplayName("EMP-06 An array of parameters that is null is refused with the way out")
    @SuppressWarnings("NullAway") // It is what a program without that check does.
    void refusesAnArrayThatIsNull() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query("SELECT %s", (Object[]) null))
                .withMessageContaining("(Object) null");
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.get().cursor().execute("SELECT 1", (Object[]) null))
                .withMessageContaining("leave it out");
        assertThat(databases
                        .query("SELECT CAST(%s AS integer) AS n", (Object) null)
                        .get(0)
                        .get("n"))
                .isNull();
    }
}
