package dev.mooring.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.DataException;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ProgrammingException;
import dev.mooring.schema.Json;
import dev.mooring.transactions.TestDatabases;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresOddValuesTest extends OddValuesContract {

    private static final LocalDate DAY = LocalDate.of(2024, 1, 1);
    private static final LocalDateTime NOON = DAY.atTime(12, 0);
    private static final Instant MOMENT = Instant.parse("2024-01-01T12:00:00Z");

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.postgres();
    }

    @Override
    String odd() {
        return "'infinity'";
    }

    @Override
    String oddText() {
        return "infinity";
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of(List.of(DAY, NOON), List.of(DAY.atStartOfDay(), NOON)),
                Arguments.of(List.of(NOON, DAY), List.of(NOON, DAY.atStartOfDay())),
                Arguments.of(List.of(0.5f, 0.1), List.of(0.5, 0.1)),
                Arguments.of(List.of(0.1f, 0.2), List.of(0.1, 0.2)),
                Arguments.of(List.of(1, 3_000_000_000L), List.of(1L, 3_000_000_000L)),
                Arguments.of(List.of((byte) 1, 2), List.of(1, 2)),
                Arguments.of(List.of(1, 0.5), List.of(1.0, 0.5)),
                Arguments.of(
                        List.of(Long.MAX_VALUE, 0.5),
                        List.of(BigDecimal.valueOf(Long.MAX_VALUE), new BigDecimal("0.5"))),
                Arguments.of(List.of(1, new BigDecimal("0.50")), List.of(BigDecimal.ONE, new BigDecimal("0.50"))),
                Arguments.of(Arrays.asList(null, 1, null, 2L), Arrays.asList(null, 1L, null, 2L)),
                Arguments.of(
                        List.of("a\"\\{},", 'b', "NULL", DayOfWeek.MONDAY), List.of("a\"\\{},", "b", "NULL", "MONDAY")),
                Arguments.of(List.of(MOMENT, OffsetDateTime.parse("2024-01-01T14:00+02:00")), List.of(MOMENT, MOMENT)),
                Arguments.of(List.of(Duration.ofMillis(-500)), List.of(Duration.ofMillis(-500))),
                Arguments.of(List.of(LocalDate.of(-43, 3, 15)), List.of(LocalDate.of(-43, 3, 15))),
                Arguments.of(List.of(List.of(1, 2), List.of(3, 4L)), List.of(List.of(1L, 2L), List.of(3L, 4L))));
    }

    @ParameterizedTest
    @MethodSource("lists")
    @DisplayName("A list is an array of the type that holds all its elements")
    void listsTakeTheTypeOfAllElements(List<?> list, List<?> back) {
        for (int i = 0; i < 7; i++) {
            assertThat(databases.query("SELECT %s AS a", list).get(0).get("a")).isEqualTo(back);
        }
    }

    @Test
    @DisplayName("A list of byte arrays is a bytea[], and one of Json suits json[] and jsonb[]")
    void listsOfBytesAndJson() {
        Collection<?> bytes = (Collection<?>) databases
                .query("SELECT %s AS a", List.of(new byte[] {1, -1}, new byte[0]))
                .get(0)
                .get("a");
        assertThat(bytes).usingRecursiveComparison().isEqualTo(List.of(new byte[] {1, -1}, new byte[0]));
        assertThat(databases
                        .query("SELECT %s::jsonb[] AS a", List.of(new Json("{\"a\": \"x\\\\y\"}")))
                        .get(0)
                        .get("a"))
                .isEqualTo(List.of("{\"a\": \"x\\\\y\"}"));
    }

    static Stream<List<?>> strange() {
        return Stream.of(
                List.of("a", 1),
                List.of(1, "a"),
                List.of(NOON, MOMENT),
                List.of(true, 1),
                List.of(List.of(1), List.of(1, 2)),
                List.of(List.of()),
                Arrays.asList(List.of(1), null),
                List.of(1, List.of(2)),
                List.of(new BigDecimal("1E+131072")));
    }

    @ParameterizedTest
    @MethodSource("strange")
    @DisplayName("A list that no array holds is refused before it is sent, and the block goes on")
    void refusesListsThatNoArrayHolds(List<?> list) {
        databases.atomic(() -> {
            databases.query("SELECT 1");
            assertThatExceptionOfType(DatabaseException.class)
                    .isThrownBy(() -> databases.query("SELECT %s", list))
                    .withMessageStartingWith("Parameter 1 ")
                    .satisfies(e -> assertThat(e).isInstanceOfAny(DataException.class, ProgrammingException.class));
            assertThat(databases.query("SELECT 2 AS a").get(0).getInt("a")).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+131072", "-9.99E+131072", "1E+262145", "1E-2147483647"})
    @DisplayName("A library's number of more digits than a numeric has is refused, and no other is stored")
    void refusesWhatALibrarysNumberWouldBecome(String number) throws SQLException {
        BigDecimal value = new BigDecimal(number);
        try (Connection connection = databases.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT ?::numeric")) {
            for (ThrowingCallable bind : List.<ThrowingCallable>of(
                    () -> statement.setBigDecimal(1, value),
                    () -> statement.setObject(1, value),
                    () -> statement.setObject(1, value, Types.NUMERIC),
                    () -> statement.setObject(1, value, Types.DECIMAL, 2))) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(bind)
                        .withMessageStartingWith("Parameter 1 has more than the 131072 digits");
            }
            statement.setBigDecimal(1, new BigDecimal("12.50"));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(row.getBigDecimal(1)).isEqualTo(new BigDecimal("12.50"));
            }
        }
    }

    @Test
    @DisplayName("An array or a Map for one parameter is refused with the way out")
    void saysHowToBindArraysAndMaps() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query("SELECT %s", new int[] {1}))
                .withMessage(
                        "Parameter 1 is a int[], which is not converted; an array of the database is bound as a List,"
                                + " several parameters one by one");
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query("SELECT %s", Map.of("a", 1)))
                .withMessageContaining("give a Map alone, to a statement with %(name)s");
    }

    @Test
    @DisplayName("A numeric of as many digits as PostgreSQL has comes back")
    void keepsTheLargestNumerics() {
        for (String number : List.of("1E+131071", "-1E-16383")) {
            BigDecimal value = new BigDecimal(number);

            assertThat(databases.query("SELECT %s::numeric AS a", value).get(0).getBigDecimal("a"))
                    .isEqualByComparingTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARRAY[1, 4294967295]::oid[]",
                "ARRAY[[1, 4294967295]]::oid[]",
                "1::oid",
                "'$1.50'::money",
                "B'1'",
                "B'101'",
                "row(1, 'a')",
                "NULL::oid[]",
                "ARRAY[NULL, 1]::oid[]",
                "'NaN'::numeric"
            })
    @DisplayName("A value reads the same the first time and once the server sends it in binary")
    void readsTheSameInBinary(String expression) {
        Object first = databases.query("SELECT " + expression + " AS a").get(0).get("a");
        for (int i = 0; i < 7; i++) {
            assertThat(databases.query("SELECT " + expression + " AS a").get(0).get("a"))
                    .isEqualTo(first);
        }
        if (expression.contains("money")) {
            assertThat(first).isEqualTo("$1.50");
        }
    }

    @Test
    @DisplayName("What a database has for IntervalStyle, extra_float_digits and backslashes changes no value")
    void theSessionPinsWhatValuesAreReadBy() {
        databases.execute("DROP DATABASE IF EXISTS styled");
        databases.execute("CREATE DATABASE styled");
        for (String setting : List.of(
                "IntervalStyle = iso_8601",
                "extra_float_digits = 0",
                "standard_conforming_strings = off",
                "bytea_output = escape",
                "DateStyle = 'German'",
                "TimeZone = 'Asia/Tokyo'")) {
            databases.execute("ALTER DATABASE styled SET " + setting);
        }
        try (Databases styled = Databases.of(settings().name("styled").build())) {
            for (int i = 0; i < 7; i++) {
                var row = styled.query(
                                "SELECT interval '-1 day -00:00:01.5' AS i, 0.1::float8 + 0.2::float8 AS f, '\\' AS s,"
                                        + " '\\x00ff5c'::bytea AS b, date '2024-02-01' AS d, timestamptz '2024-01-01 00:00' AS t")
                        .get(0);
                assertThat(row.get("i")).isEqualTo(Duration.ofDays(-1).minusMillis(1500));
                assertThat(row.get("f")).isEqualTo(0.30000000000000004);
                assertThat(row.get("s")).isEqualTo("\\");
                assertThat(row.get("b")).isEqualTo(new byte[] {0, -1, '\\'});
                assertThat(row.get("d")).isEqualTo(LocalDate.of(2024, 2, 1));
                assertThat(row.get("t")).isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
            }
        }
    }

    @Test
    @DisplayName("An interval in a style that the statement's user set is refused, never misread")
    void refusesIntervalsInAnotherStyle() {
        for (String style : List.of("iso_8601", "sql_standard", "postgres_verbose")) {
            databases.atomic(() -> {
                databases.execute("SET LOCAL IntervalStyle = " + style);
                var row = databases
                        .query("SELECT interval '-1 day -2 hours' AS i")
                        .get(0);
                assertThatExceptionOfType(DataException.class).isThrownBy(() -> row.get("i"));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 FROM odd WHERE %s IS NULL OR day = %s",
                "SELECT concat(%s, %s)",
                "SELECT jsonb_build_object(%s, %s)",
                "SELECT to_jsonb(%s), %s",
                "SELECT array_agg(%s), %s",
                "INSERT INTO odd (id, at) SELECT DISTINCT 3, %s WHERE 'x' <> %s"
            })
    @DisplayName("Where PostgreSQL cannot work out the type of a text, the error says to cast it")
    void saysToCast(String sql) {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query(sql, "a", "b"))
                .withMessageEndingWith("cast them, such as %s::text");
        databases.query("SELECT concat(%s::text, %s::text)", "a", null);
    }
}
