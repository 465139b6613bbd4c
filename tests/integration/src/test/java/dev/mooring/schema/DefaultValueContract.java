package dev.mooring.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.migrations.SchemaEditor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Default values of columns, which are written into statements, on one kind of database. */
@Tag("wrong-answers")
@SuppressWarnings("FloatingPointLiteralPrecision") // It is what is tested.
abstract class DefaultValueContract {

    private static final Table THING =
            Table.of("thing", Column.of("id", ColumnType.INTEGER).primaryKey());

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase();

    static Stream<Arguments> values() {
        byte[] allBytes = new byte[256];
        for (int i = 0; i < 256; i++) {
            allBytes[i] = (byte) i;
        }
        return Stream.of(
                arguments(
                        ColumnType.DURATION,
                        List.of(
                                Duration.ofMillis(-500),
                                Duration.ofNanos(-1000),
                                Duration.ofSeconds(-1),
                                Duration.ofSeconds(-3661, 500_000_000),
                                Duration.ofSeconds(-60, 999_999_000),
                                Duration.ZERO,
                                Duration.ofNanos(1000),
                                Duration.ofDays(36525).plusNanos(999_999_000),
                                Duration.ofDays(-100_000).minusNanos(1000))),
                arguments(
                        ColumnType.BIGINT, List.of(Long.MIN_VALUE, Long.MAX_VALUE, -1L, 0L, 1L << 53, (1L << 53) + 1)),
                arguments(
                        ColumnType.decimal(40, 20),
                        List.of(
                                new BigDecimal("1E+5"),
                                new BigDecimal("-1.5E-7"),
                                new BigDecimal("0E-20"),
                                new BigDecimal("-0.10"),
                                new BigDecimal(BigInteger.TEN.pow(12)))),
                arguments(ColumnType.FLOAT, doubles()),
                arguments(ColumnType.BOOLEAN, List.of(true, false)),
                arguments(
                        ColumnType.TEXT,
                        List.of(
                                "",
                                "it's",
                                "''",
                                "100% %s %%s %(a)s",
                                "back\\slash\\",
                                "\\'; DROP TABLE thing; --",
                                "? ?? $1 :name ${x} $$ $a$ {fn now()}",
                                "line\nreturn\rtab\t\u0001\u007f\u0085\u2028\ufeff",
                                "Ä \ud83d\ude00 \uffff /* -- */ \" ` [",
                                "null",
                                "x".repeat(100_000))),
                arguments(ColumnType.varchar(9), List.of("A", "é")),
                arguments(ColumnType.UUID, List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(1, Long.MIN_VALUE))),
                arguments(ColumnType.BINARY, List.of(new byte[0], new byte[] {0}, new byte[] {39, 92, 37}, allBytes)),
                arguments(
                        ColumnType.DATE,
                        List.of(
                                LocalDate.of(1, 1, 1),
                                LocalDate.of(999, 2, 28),
                                LocalDate.of(1582, 10, 10),
                                LocalDate.of(1969, 12, 31),
                                LocalDate.of(2000, 2, 29),
                                LocalDate.of(9999, 12, 31))),
                arguments(
                        ColumnType.TIME,
                        List.of(
                                LocalTime.MIDNIGHT,
                                LocalTime.of(0, 0, 0, 1000),
                                LocalTime.NOON,
                                LocalTime.of(23, 59, 59, 999_999_000))),
                arguments(
                        ColumnType.TIMESTAMP,
                        List.of(
                                Instant.EPOCH,
                                Instant.EPOCH.minusNanos(1000),
                                Instant.EPOCH.minusMillis(1500),
                                Instant.parse("0001-01-01T00:00:00Z"),
                                Instant.parse("1883-11-18T17:00:00.000001Z"),
                                Instant.parse("2024-10-27T00:30:00Z"),
                                Instant.parse("9999-12-31T23:59:59.999999Z"))));
    }

    private static List<Object> doubles() {
        List<Object> doubles = new ArrayList<>(List.of(
                0.1,
                -0.5,
                1e22,
                1e23,
                123456789.123456789,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                Double.MIN_NORMAL,
                1e-300,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                9007199254740993.0,
                0.30000000000000004));
        Random random = new Random(7);
        while (doubles.size() < 60) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value) && Math.abs(value) >= Double.MIN_NORMAL) {
                doubles.add(value);
            }
        }
        return doubles;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    @DisplayName(
            "What comes back is the default value that was given: where a column is added, and where nulls are filled")
    void comesBackAsItWasGiven(ColumnType type, List<Object> values) {
        try (Databases databases = Databases.of(emptyDatabase())) {
            Database database = databases.using("default");
            List<Object> added = new ArrayList<>();
            List<Object> filled = new ArrayList<>();
            List<Object> kept = values.stream().filter(this::keeps).toList();
            for (Object value : kept) {
                added.add(stored(database, value, Column.of("given", type).defaultValue(value), false));
                filled.add(stored(database, value, Column.of("given", type).defaultValue(value), true));
            }

            assertThat(added).usingRecursiveComparison().isEqualTo(kept);
            assertThat(filled).usingRecursiveComparison().isEqualTo(kept);
        }
    }

    /** {@return whether the database stores this value, and does not refuse it} */
    boolean keeps(Object value) {
        return true;
    }

    @Test
    @DisplayName("A moment with an offset or a zone is the same moment")
    void keepsMoments() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            Database database = databases.using("default");
            OffsetDateTime offset = OffsetDateTime.parse("1969-12-31T23:30:00.25-05:30");
            Object zoned = offset.toInstant().atZone(ZoneId.of("Europe/Berlin"));

            for (Object value : List.of(offset, zoned)) {
                stored(
                        database,
                        offset.toInstant(),
                        Column.of("given", ColumnType.TIMESTAMP).defaultValue(value),
                        false);
                assertThat(databases.query("SELECT given FROM thing").get(0).get("given", Instant.class))
                        .isEqualTo(offset.toInstant());
            }
        }
    }

    @Test
    @DisplayName("What no column can hold is refused before anything is changed")
    void refusesWhatCannotBeStored() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            Database database = databases.using("default");
            for (Object value : List.of(
                    "a\0b",
                    "\ud800",
                    Duration.ofSeconds(Long.MAX_VALUE),
                    Instant.MAX,
                    LocalDate.MAX,
                    new Object(),
                    List.of(1))) {
                ColumnType type = value instanceof Duration
                        ? ColumnType.DURATION
                        : value instanceof Instant
                                ? ColumnType.TIMESTAMP
                                : value instanceof LocalDate ? ColumnType.DATE : ColumnType.TEXT;
                assertThatExceptionOfType(DatabaseException.class)
                        .as(value.getClass().getName())
                        .isThrownBy(() ->
                                stored(database, value, Column.of("given", type).defaultValue(value), false));
            }
        }
    }

    private static Object stored(Database database, Object value, Column column, boolean fill) {
        SchemaEditor.apply(database, editor -> {
            editor.execute(List.of("DROP TABLE IF EXISTS thing"));
            Table table = fill ? THING.add(Column.of("given", column.type()).nullable()) : THING;
            editor.createTable(table);
            editor.execute(List.of("INSERT INTO thing (id) VALUES (1)"));
            if (fill) {
                editor.alterColumn(table, "given", column);
            } else {
                editor.addColumn(table, column);
            }
        });
        Row row = database.query("SELECT given FROM thing").get(0);
        Object found = value instanceof Duration && row.get("given") instanceof Long micros
                ? Duration.of(micros, ChronoUnit.MICROS)
                : row.get("given", value.getClass());
        return value instanceof BigDecimal number && found instanceof BigDecimal other && number.compareTo(other) == 0
                ? value
                : found;
    }
}
