package dev.mooring.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.DatabaseException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No error shows a value of a row or a parameter, whatever the database says of it. */
@Tag("wrong-answers")
abstract class ValuesInErrorsContract {

    static final String SECRET = "hunter2";

    Databases databases;

    abstract DatabaseSettingsBuilder settings();

    abstract List<String> tables();

    @BeforeEach
    void open() {
        databases = Databases.of(settings().build());
        tables().forEach(databases::execute);
    }

    @AfterEach
    void close() {
        databases.close();
    }

    /** A statement that fails because of its values, and what its error is to say all the same. */
    record Failing(String says, String sql, List<?> values) {

        static Failing of(String says, String sql, Object... values) {
            return new Failing(says, sql, List.of(values));
        }

        @Override
        public String toString() {
            return sql;
        }
    }

    @ParameterizedTest
    @MethodSource("failing")
    @DisplayName("A failed query shows no value")
    void hidesThemInQuery(Failing failing) {
        check(failing, () -> databases.query(failing.sql, failing.values.toArray()));
    }

    @ParameterizedTest
    @MethodSource("failing")
    @DisplayName("A failed execute shows no value")
    void hidesThemInExecute(Failing failing) {
        check(failing, () -> databases.execute(failing.sql, failing.values.toArray()));
    }

    @ParameterizedTest
    @MethodSource("failing")
    @DisplayName("A failed cursor shows no value")
    void hidesThemInCursor(Failing failing) {
        check(failing, () -> {
            try (Cursor cursor = databases.get().cursor()) {
                cursor.execute(failing.sql, failing.values.toArray()).fetchAll();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("failing")
    @DisplayName("A failed batch shows no value")
    void hidesThemInBatch(Failing failing) {
        check(failing, () -> {
            try (Cursor cursor = databases.get().cursor()) {
                cursor.executeMany(failing.sql, List.of(failing.values, failing.values));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("failing")
    @DisplayName("A failed stream shows no value")
    void hidesThemInStream(Failing failing) {
        // Outside atomic a stream is a read-only transaction.
        check(
                failing,
                () -> databases.atomic(() -> {
                    try (Stream<?> rows = databases.using("default").stream(failing.sql, failing.values.toArray())) {
                        rows.forEach(row -> {});
                    }
                }));
    }

    static void check(Failing failing, Runnable statement) {
        Throwable error = catchThrowable(statement::run);

        assertThat(error).isInstanceOf(DatabaseException.class).hasMessageContaining(failing.says);
        assertThat(everythingOf(error)).doesNotContain(SECRET).doesNotContain("4711");
    }

    /** {@return all that a log prints of an error, and what hangs on it besides} */
    static String everythingOf(Throwable error) {
        StringBuilder all = new StringBuilder(error.toString());
        for (Throwable further : error.getSuppressed()) {
            all.append(everythingOf(further));
        }
        if (error instanceof SQLException sql && sql.getNextException() != null) {
            all.append(everythingOf(sql.getNextException()));
        }
        return error.getCause() == null
                ? all.toString()
                : all.append(everythingOf(error.getCause())).toString();
    }

    Databases databases() {
        return databases;
    }
}
