package dev.mooring.kit.contracts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.DataException;
import dev.mooring.error.DatabaseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every type of value, at its limits and at random, through every way in and out of a real database, however the driver
 * prepares the statements: it comes back by the type with which it went in, or is refused with a DataException before it
 * reached the database. {@code -Dmooring.full} tries more random values.
 */
@Tag("wrong-answers")
@Tag("full")
public abstract class ValuesContract extends Contract {

    /** For subclasses. */
    protected ValuesContract() {}

    /** Printed with each failure. */
    private static final long SEED = Long.getLong("mooring.values.seed", 20_261_129L);

    private static final int RANDOM_VALUES = Boolean.getBoolean("mooring.full") ? 40 : 5;

    /** More than the five executions after which pgjdbc has the server prepare a statement and sends values in binary. */
    private static final int READINGS = 7;

    /** {@return the settings to try: each way in which the driver prepares statements or sends values} By default one. */
    protected Stream<DatabaseSettingsBuilder> variants() {
        return Stream.of(settings());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "VAL-01 A value comes back as it was stored, or is refused with a DataException that costs neither block nor connection")
    void comesBackOrIsRefused(ValueType type) {
        String column = backend().column(type);
        if (column.isEmpty()) {
            isRefused(type);
            return;
        }
        variants().forEach(settings -> {
            try (Databases databases = open(settings.build())) {
                new Trip(databases, type, column).run();
            }
        });
    }

    /** A value for which the database has no column is refused before it is sent. */
    private void isRefused(ValueType type) {
        assertThat(catchThrowable(() -> databases.query("SELECT %s", type.example())))
                .as("%s, which has no column", type)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("Parameter 1");
    }

    /** One type's values there and back. */
    private final class Trip {

        private final Databases databases;
        private final ValueType type;
        private final String column;
        private final Map<Integer, Object> stored = new LinkedHashMap<>();
        private int next = 1;

        Trip(Databases databases, ValueType type, String column) {
            this.databases = databases;
            this.type = type;
            this.column = column;
        }

        void run() {
            databases.execute("DROP TABLE IF EXISTS v");
            databases.execute("CREATE TABLE v (id integer PRIMARY KEY, a " + column + ")");
            databases.atomic(() -> {
                long opened = databases.using("default").counts().open();
                type.usual.forEach(value -> store(value, false));
                type.extreme.forEach(value -> store(value, true));
                Random random = new Random(SEED);
                for (int i = 0; i < RANDOM_VALUES; i++) {
                    store(type.random(random), true);
                }
                assertThat(databases.using("default").counts().open()).isEqualTo(opened);
                for (int i = 0; i < READINGS; i++) {
                    check(databases.query("SELECT id, a FROM v ORDER BY id"));
                }
            });
            check(databases.query("SELECT id, a FROM v ORDER BY id"));
            try (Stream<Row> rows = databases.stream("SELECT id, a FROM v ORDER BY id")) {
                check(rows.toList());
            }
            try (Cursor cursor = databases.get().cursor()) {
                check(cursor.execute("SELECT id, a FROM v ORDER BY id").fetchAll());
            }
        }

        private void store(Object value, boolean mayBeRefused) {
            storing(mayBeRefused, value, id -> databases.execute("INSERT INTO v VALUES (%s, %s)", id, value));
            storing(
                    mayBeRefused,
                    value,
                    id -> databases.execute("INSERT INTO v VALUES (%(id)s, %(a)s)", Map.of("id", id, "a", value)));
            storing(mayBeRefused, value, id -> {
                try (Cursor cursor = databases.get().cursor()) {
                    cursor.executeMany("INSERT INTO v VALUES (%s, %s)", List.of(List.of(id, value)));
                }
            });
            storing(
                    mayBeRefused,
                    value,
                    id -> databases.query(backend().returning("INSERT INTO v VALUES (%s, %s)", "id"), id, value));
        }

        private void storing(boolean mayBeRefused, Object value, Insert insert) {
            int id = next++;
            try {
                insert.run(id);
                stored.put(id, value);
            } catch (DataException e) {
                assertThat(mayBeRefused)
                        .as(() -> "refused " + describe(value) + ": " + e)
                        .isTrue();
                assertThat(e).hasMessageContaining("Parameter");
            } catch (RuntimeException e) {
                throw new AssertionError(describe(value), e);
            }
        }

        private void check(List<Row> rows) {
            List<Integer> ids = new ArrayList<>();
            for (Row row : rows) {
                int id = row.getInt("id");
                ids.add(id);
                Object value = requireNonNull(stored.get(id));
                Object back;
                try {
                    back = requireNonNull(row.get("a", type.type));
                } catch (RuntimeException e) {
                    throw new AssertionError(describe(value), e);
                }
                assertThat(type.kept(back)).as(() -> describe(value)).isEqualTo(type.kept(value));
            }
            assertThat(ids).containsExactlyElementsOf(stored.keySet());
        }

        private String describe(Object value) {
            String text = String.valueOf(value);
            return type + " " + text.substring(0, Math.min(60, text.length())) + ", seed " + SEED;
        }
    }

    private interface Insert {
        void run(int id);
    }
}
