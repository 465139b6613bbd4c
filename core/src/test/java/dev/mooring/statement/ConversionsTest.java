package dev.mooring.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mooring.error.ProgrammingException;
import dev.mooring.schema.Json;
import dev.mooring.spi.ValueCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConversionsTest {

    private static final UUID ID = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static final Instant MOMENT = Instant.parse("2026-11-24T18:00:00.123456Z");

    static Stream<Arguments> same() {
        return Stream.of(
                arguments(7L, int.class, 7),
                arguments(7, Long.class, 7L),
                arguments(7L, short.class, (short) 7),
                arguments(-128L, byte.class, (byte) -128),
                arguments(7, double.class, 7.0),
                arguments(7, Float.class, 7.0f),
                arguments(7.0, long.class, 7L),
                arguments(new BigDecimal("7.00"), int.class, 7),
                arguments(new BigDecimal("0.1"), double.class, 0.1),
                arguments(1L << 53, double.class, 0x1p53),
                arguments(Long.MIN_VALUE, double.class, -0x1p63),
                arguments(Long.MIN_VALUE, float.class, -0x1p63f),
                arguments(0L, double.class, 0.0),
                arguments(new BigDecimal("36.3333333333333333"), double.class, 36.333333333333336),
                arguments(new BigDecimal("5e-324"), double.class, Double.MIN_VALUE),
                arguments(0.1, float.class, 0.1f),
                arguments(0.1f, double.class, 0.1),
                arguments(0x1p100, float.class, 0x1p100f),
                arguments((double) 1e30f, float.class, 1e30f),
                arguments(1e30f, double.class, 1e30),
                arguments(Float.MAX_VALUE, double.class, 3.4028235E38),
                arguments(Float.NaN, double.class, Double.NaN),
                arguments(Float.NEGATIVE_INFINITY, double.class, Double.NEGATIVE_INFINITY),
                arguments(Double.NaN, float.class, Float.NaN),
                arguments(Double.POSITIVE_INFINITY, float.class, Float.POSITIVE_INFINITY),
                arguments(0.1, BigDecimal.class, new BigDecimal("0.1")),
                arguments(0.1f, BigDecimal.class, new BigDecimal("0.1")),
                arguments(Long.MAX_VALUE, BigInteger.class, BigInteger.valueOf(Long.MAX_VALUE)),
                arguments(BigInteger.TEN, BigDecimal.class, BigDecimal.TEN),
                arguments(1L, boolean.class, true),
                arguments(0, Boolean.class, false),
                arguments("0f8fad5bd9cb469fa16570867728950e", UUID.class, ID),
                arguments(ID.toString(), UUID.class, ID),
                arguments(MOMENT, OffsetDateTime.class, MOMENT.atOffset(ZoneOffset.UTC)),
                arguments(MOMENT, ZonedDateTime.class, MOMENT.atZone(ZoneOffset.UTC)),
                arguments(MOMENT, Instant.class, MOMENT),
                arguments("x", Character.class, 'x'),
                arguments("x", char.class, 'x'),
                arguments("DAYS", java.time.temporal.ChronoUnit.class, java.time.temporal.ChronoUnit.DAYS),
                arguments("text", CharSequence.class, "text"),
                arguments("[1]", Json.class, new Json("[1]")),
                arguments(List.of(1), List.class, List.of(1)),
                arguments(7L, Object.class, 7L),
                arguments(true, boolean.class, true));
    }

    @ParameterizedTest
    @MethodSource("same")
    void keepsTheValue(Object value, Class<?> type, Object expected) {
        assertThat(Conversions.convert(value, type, ValueCodec.standard(), "Column 'a'"))
                .isEqualTo(expected);
    }

    static Stream<Arguments> different() {
        return Stream.of(
                arguments(1.5, long.class),
                arguments(new BigDecimal("1.01"), int.class),
                arguments(128L, byte.class),
                arguments(4_294_967_296L, int.class),
                arguments(new BigInteger("9223372036854775808"), long.class),
                arguments(new BigDecimal("1e400"), double.class),
                arguments(1e300, float.class),
                arguments((1L << 53) + 1, double.class),
                arguments(Long.MAX_VALUE, double.class),
                arguments((1 << 24) + 1, float.class),
                arguments(16_777_217.0, float.class),
                arguments(1e30, float.class),
                arguments(1e-60, float.class),
                arguments(new BigInteger("9007199254740993"), double.class),
                arguments(new BigDecimal("9007199254740993"), double.class),
                arguments(new BigDecimal("12345678901234567890.5"), double.class),
                arguments(new BigDecimal("1e-400"), double.class),
                arguments(new BigDecimal("-1e-60"), float.class),
                arguments(Float.POSITIVE_INFINITY, BigDecimal.class),
                arguments(Double.NaN, long.class),
                arguments(Double.NaN, BigDecimal.class),
                arguments(2L, boolean.class),
                arguments("7", int.class),
                arguments("true", boolean.class),
                arguments("not hexadecimal at all, but 32 ch", UUID.class),
                arguments("0f8fad5bd9cb469fa16570867728950x", UUID.class),
                arguments("1-2-3-4-5", UUID.class),
                arguments("10f8fad5b-d9cb-469f-a165-70867728950", UUID.class),
                arguments(7L, String.class),
                arguments("Days", java.time.temporal.ChronoUnit.class),
                arguments("2026-11-24", LocalDate.class),
                arguments(MOMENT, LocalDate.class));
    }

    @ParameterizedTest
    @MethodSource("different")
    void refusesWhatWouldBeAnother(Object value, Class<?> type) {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> Conversions.convert(value, type, ValueCodec.standard(), "Column 'a'"))
                .withMessageStartingWith("Column 'a' holds a %s, which was to be read as %s"
                        .formatted(value.getClass().getSimpleName(), type.getSimpleName()));
    }

    @Test
    void saysWhenOnlyThisValueDoesNotFit() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> Conversions.convert(1.5, int.class, ValueCodec.standard(), "Column 'price'"))
                .withMessage(
                        "Column 'price' holds a Double, which was to be read as int; its value has no exact counterpart"
                                + " in that type");
    }

    @Test
    void namesAListAsSuch() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> Conversions.convert(
                        Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                        int[].class,
                        ValueCodec.standard(),
                        "Column 'tags'"))
                .withMessage("Column 'tags' holds a List, which was to be read as int[]");
    }
}
