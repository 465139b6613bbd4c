package dev.mooring.kit.contracts;

import dev.mooring.schema.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A Java type that a value may have, values of it, and what is kept of one. */
@SuppressWarnings({"ImmutableEnumChecker", "FloatingPointLiteralPrecision"
}) // Lists are not changed; precision is what is tested.
public enum ValueType {
    BOOLEAN(Boolean.class, List.of(true, false), List.of(), Random::nextBoolean),
    BYTE(Byte.class, List.of((byte) 0, Byte.MIN_VALUE, Byte.MAX_VALUE), List.of(), random -> (byte) random.nextInt()),
    SHORT(Short.class, List.of((short) 0, Short.MIN_VALUE, Short.MAX_VALUE), List.of(), random ->
            (short) random.nextInt()),
    INTEGER(Integer.class, List.of(0, Integer.MIN_VALUE, Integer.MAX_VALUE), List.of(), Random::nextInt),
    LONG(Long.class, List.of(0L, Long.MIN_VALUE, Long.MAX_VALUE), List.of(), Random::nextLong),
    FLOAT(
            Float.class,
            List.of(0f, 0.1f, 16_777_217f, Float.MAX_VALUE, Float.MIN_NORMAL, -Float.MAX_VALUE, 0.3f),
            List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -0f),
            random -> Float.intBitsToFloat(random.nextInt() & 0xBF7FFFFF)),
    DOUBLE(
            Double.class,
            List.of(0.0, 0.1, 0.1 + 0.2, Double.MAX_VALUE, Double.MIN_NORMAL, -Double.MAX_VALUE, 9007199254740993.0),
            List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -0.0),
            random -> Double.longBitsToDouble(random.nextLong() & 0xBFEFFFFFFFFFFFFFL)),
    DECIMAL(
            BigDecimal.class,
            decimals(
                    "0",
                    "12.30",
                    "-0.01",
                    "123456789012.345",
                    "1E+3",
                    "0E-5",
                    "9223372036854775807",
                    "-999999999999.99"),
            decimals(
                    "1E+131072",
                    "1E+262145",
                    "1E-2000",
                    "1E-16384",
                    "1E-2147483647",
                    "1E+2147483647",
                    "0E+2147483647",
                    "0E-2147483647",
                    "-9.99E+131072",
                    "12345678901234567890.123456789",
                    "0.1234567890123456789",
                    "9007199254740993.5",
                    "18446744073709551616"),
            random -> BigDecimal.valueOf(random.nextLong() >> 16, random.nextInt(15))),
    BIG_INTEGER(
            BigInteger.class,
            List.of(BigInteger.ZERO, BigInteger.valueOf(Long.MAX_VALUE), BigInteger.valueOf(Long.MIN_VALUE)),
            List.of(
                    BigInteger.ONE.shiftLeft(63),
                    BigInteger.ONE.shiftLeft(64).negate(),
                    BigInteger.TEN.pow(131_072).negate(),
                    BigInteger.ONE.shiftLeft(2_000_000)),
            random -> new BigInteger(1 + random.nextInt(63), random)),
    STRING(
            String.class,
            List.of(
                    "",
                    " ",
                    "ünï ? %s 😀",
                    "'\"\\{},NULL",
                    "null",
                    "\n\r\t",
                    "2024-01-01",
                    "1.50",
                    "x".repeat(100_000)),
            List.of("\0", "a\0b", "\ud800", "\udc00x"),
            ValueType::text),
    CHARACTER(Character.class, List.of('c', ' ', 'ü', '\'', '\uffff', '7'), List.of('\0', '\ud800'), random ->
            (char) (32 + random.nextInt(0xD000))),
    ENUM(DayOfWeek.class, List.of(DayOfWeek.MONDAY), List.of(), random -> DayOfWeek.of(1 + random.nextInt(7))),
    UUIDS(
            UUID.class,
            List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(1, 2)),
            List.of(),
            random -> new UUID(random.nextLong(), random.nextLong())),
    BYTES(
            byte[].class,
            List.of(new byte[0], new byte[] {0}, new byte[] {0, 1, -1, '\\', '\''}, new byte[100_000]),
            List.of(),
            ValueType::bytes),
    JSON(
            Json.class,
            List.of(new Json("{}"), new Json("[1, \"ü\\\"\"]"), new Json("null"), new Json("\"x\"")),
            List.of(new Json("\0")),
            random -> new Json("{\"a\": " + random.nextInt() + "}")),
    DATE(
            LocalDate.class,
            dates("0001-01-01", "9999-12-31", "1582-10-10", "2024-02-29", "1900-02-28"),
            dates(
                    "-4712-01-01",
                    "-4713-11-24",
                    "-4713-11-23",
                    "-0043-03-15",
                    "0000-01-01",
                    "+10000-01-01",
                    "+5874897-12-31",
                    "+5874898-01-01",
                    "+999999999-12-31",
                    "-999999999-01-01",
                    "+999999999-12-30"),
            random -> LocalDate.ofYearDay(1 + random.nextInt(9999), 1 + random.nextInt(365))),
    TIME(
            LocalTime.class,
            List.of(
                    LocalTime.MIN,
                    LocalTime.MAX,
                    LocalTime.NOON,
                    LocalTime.parse("23:59:59.999999"),
                    LocalTime.parse("01:02:03.0000015")),
            List.of(),
            random -> LocalTime.ofNanoOfDay(random.nextInt(86_400) * 1_000_000_000L + random.nextInt(1_000_000_000)),
            value -> ((LocalTime) value).truncatedTo(ChronoUnit.MICROS)),
    OFFSET_TIME(
            OffsetTime.class,
            List.of(
                    OffsetTime.parse("10:00+02:00"),
                    OffsetTime.parse("23:59:59.999999999Z"),
                    OffsetTime.parse("00:00-15:59:59")),
            List.of(OffsetTime.MIN, OffsetTime.MAX),
            random -> LocalTime.ofSecondOfDay(random.nextInt(86_400))
                    .atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(50_000))),
            value -> ((OffsetTime) value).truncatedTo(ChronoUnit.MICROS)),
    DATE_TIME(
            LocalDateTime.class,
            dateTimes(
                    "0001-01-01T00:00",
                    "9999-12-31T23:59:59.999999999",
                    "2024-03-31T02:30",
                    "2024-10-27T02:30",
                    "1969-12-31T23:59:59.999999999"),
            dateTimes(
                    "-4712-01-01T00:00",
                    "-4713-11-24T00:00",
                    "-5000-01-01T00:00",
                    "-0043-03-15T12:00",
                    "+10000-01-01T00:00",
                    "+294276-12-31T23:59:59.999999",
                    "+294277-01-01T00:00",
                    "+999999999-12-31T23:59:59.999999999",
                    "-999999999-01-01T00:00"),
            random ->
                    LocalDateTime.ofEpochSecond(random.nextInt() * 20L, random.nextInt(1_000_000_000), ZoneOffset.UTC),
            value -> ((LocalDateTime) value).truncatedTo(ChronoUnit.MICROS)),
    INSTANT(
            Instant.class,
            instants(
                    "0001-01-02T00:00:00Z",
                    "9999-12-30T23:59:59.999999999Z",
                    "1969-12-31T23:59:59.999999999Z",
                    "2024-10-27T00:30:00Z"),
            List.of(
                    Instant.MAX,
                    Instant.MIN,
                    Instant.parse("-4712-01-01T00:00:00Z"),
                    Instant.parse("-4713-11-24T00:00:00Z"),
                    Instant.parse("-0043-03-15T00:00:00Z"),
                    Instant.parse("+294276-12-31T23:59:59.999999Z"),
                    Instant.parse("+294277-01-01T00:00:00Z"),
                    Instant.parse("2024-10-27T01:30:00Z")),
            random -> Instant.ofEpochSecond(random.nextInt() * 20L, random.nextInt(1_000_000_000)),
            value -> ((Instant) value).truncatedTo(ChronoUnit.MICROS)),
    OFFSET_DATE_TIME(
            OffsetDateTime.class,
            List.of(
                    OffsetDateTime.parse("2024-01-01T00:00+18:00"),
                    OffsetDateTime.parse("2024-01-01T00:00:00.1-02:03:04")),
            List.of(OffsetDateTime.MAX, OffsetDateTime.MIN, OffsetDateTime.parse("-5000-01-01T00:00Z")),
            random ->
                    Instant.ofEpochSecond(random.nextInt()).atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(64_800))),
            value -> ((OffsetDateTime) value).truncatedTo(ChronoUnit.MICROS).toInstant()),
    ZONED_DATE_TIME(
            ZonedDateTime.class,
            List.of(ZonedDateTime.parse("2024-07-01T00:00+02:00[Europe/Berlin]")),
            List.of(
                    ZonedDateTime.of(LocalDateTime.MAX, ZoneOffset.MIN),
                    ZonedDateTime.of(LocalDateTime.MIN, ZoneOffset.MAX)),
            random -> Instant.ofEpochSecond(random.nextInt()).atZone(ZoneId.of("America/New_York")),
            value -> ((ZonedDateTime) value).truncatedTo(ChronoUnit.MICROS).toInstant()),
    DURATION(
            Duration.class,
            List.of(
                    Duration.ZERO,
                    Duration.ofMillis(-500),
                    Duration.ofNanos(-1_500),
                    Duration.ofNanos(1_500),
                    Duration.ofDays(400),
                    Duration.ofNanos(-999)),
            List.of(
                    Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                    Duration.ofSeconds(Long.MIN_VALUE),
                    Duration.of(Long.MAX_VALUE, ChronoUnit.MICROS),
                    Duration.of(Long.MIN_VALUE, ChronoUnit.MICROS),
                    Duration.of(Long.MAX_VALUE, ChronoUnit.MICROS).plusNanos(1_000)),
            random -> Duration.ofSeconds(random.nextInt() * 10L, random.nextInt(1_000_000_000)),
            value -> ((Duration) value).truncatedTo(ChronoUnit.MICROS));

    final Class<?> type;
    /** Values that are kept. */
    final List<?> usual;
    /** Values that are kept or refused. */
    final List<?> extreme;

    private final Function<Random, Object> generator;
    private final UnaryOperator<Object> kept;

    <T> ValueType(Class<T> type, List<T> usual, List<T> extreme, Function<Random, Object> generator) {
        this(type, usual, extreme, generator, value -> value);
    }

    <T> ValueType(
            Class<T> type,
            List<T> usual,
            List<T> extreme,
            Function<Random, Object> generator,
            UnaryOperator<Object> kept) {
        this.type = type;
        this.usual = usual;
        this.extreme = extreme;
        this.generator = generator;
        this.kept = kept;
    }

    /** {@return the type in Java} */
    public Class<?> type() {
        return type;
    }

    /** {@return a value that every backend keeps which has a column for the type} */
    public Object example() {
        return usual.get(0);
    }

    Object random(Random random) {
        return generator.apply(random);
    }

    /** {@return what two values that the database cannot tell apart have in common} Seconds have six decimal places. */
    Object kept(Object value) {
        Object same = kept.apply(value);
        if (same instanceof BigDecimal decimal) {
            return new Number10(decimal);
        } else if (same instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        } else if (value instanceof Float number && number == 0f) {
            return 0f;
        }
        return value instanceof Double number && number == 0.0 ? (Object) 0.0 : same;
    }

    /** Equal to the same number of another scale. */
    private record Number10(BigDecimal value) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Number10 that && value.compareTo(that.value) == 0;
        }

        @Override
        public int hashCode() {
            return 0;
        }

        @Override
        public String toString() {
            return value.precision() + " digits, scale " + value.scale();
        }
    }

    private static String text(Random random) {
        int[] points = random.ints(random.nextInt(40), 1, 0x10FFFF)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .toArray();
        return new String(points, 0, points.length);
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static List<BigDecimal> decimals(String... texts) {
        return Arrays.stream(texts).map(BigDecimal::new).toList();
    }

    private static List<LocalDate> dates(String... texts) {
        return Arrays.stream(texts).map(LocalDate::parse).toList();
    }

    private static List<LocalDateTime> dateTimes(String... texts) {
        return Arrays.stream(texts).map(LocalDateTime::parse).toList();
    }

    private static List<Instant> instants(String... texts) {
        return Arrays.stream(texts).map(Instant::parse).toList();
    }
}
