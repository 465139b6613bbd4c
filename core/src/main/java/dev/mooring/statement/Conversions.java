package dev.mooring.statement;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Json;
import dev.mooring.spi.UnreadableValue;
import dev.mooring.spi.ValueCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a column's value what its reader wants: nothing is cut, rounded or guessed. Numbers become each other if they
 * are the same number; only a fraction becomes the nearest one that its new type has.
 */
public final class Conversions {

    private static final Map<Class<?>, Class<?>> WRAPPERS = Map.of(
            boolean.class, Boolean.class,
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class,
            char.class, Character.class);

    private static final Map<Class<?>, Function<Number, Object>> NUMBERS = Map.of(
            Byte.class, number -> decimal(number).byteValueExact(),
            Short.class, number -> decimal(number).shortValueExact(),
            Integer.class, number -> decimal(number).intValueExact(),
            Long.class, number -> decimal(number).longValueExact(),
            Float.class, Conversions::binary32,
            Double.class, Conversions::binary64,
            BigInteger.class, number -> integer(decimal(number)),
            BigDecimal.class, Conversions::decimal);

    private static final int MAX_EXPONENT = 1_000_000;
    private static final String LOSS = "; its value has no exact counterpart in that type";

    private Conversions() {}

    /**
     * {@return {@code value} as a {@code type}}
     *
     * @param codec of the database that the value is from
     * @param what the column, for the message
     * @throws dev.mooring.error.ProgrammingException if it is none and cannot become one without loss
     * @throws dev.mooring.error.DataException if it cannot be read, or its text is no {@code type}
     */
    public static <T> T convert(Object value, Class<T> type, ValueCodec codec, String what) {
        Class<?> wanted = WRAPPERS.getOrDefault(type, type);
        if (wanted.isInstance(value)) {
            @SuppressWarnings("unchecked") // of a primitive type: boxed all the same
            T same = (T) value;
            return same;
        }
        @Nullable Object converted;
        try {
            converted = converted(value, wanted, codec);
        } catch (ArithmeticException | IllegalArgumentException | DateTimeException e) {
            // Without the cause, whose message may hold the value.
            throw mismatch(
                    e instanceof DateTimeException ? ErrorKind.DATA : ErrorKind.PROGRAMMING, value, type, what, LOSS);
        }
        if (converted == null) {
            throw value instanceof UnreadableValue unreadable
                    ? unreadable(unreadable, what)
                    : mismatch(ErrorKind.PROGRAMMING, value, type, what, "");
        }
        @SuppressWarnings("unchecked") // what the tables say
        T result = (T) converted;
        return result;
    }

    /** {@return the error that a value cannot be read} */
    public static RuntimeException unreadable(UnreadableValue value, String what) {
        return ErrorKind.DATA.exception("%s cannot be read: %s".formatted(what, value.problem()));
    }

    private static @Nullable Object converted(Object value, Class<?> wanted, ValueCodec codec) {
        if (value instanceof UnreadableValue unreadable) {
            String text = unreadable.text();
            return text == null || wanted == String.class ? text : codec.convert(text, wanted);
        }
        Object converted = convertible(value, wanted);
        if (converted != null) {
            return converted;
        }
        return wanted == OffsetDateTime.class || wanted == ZonedDateTime.class
                ? codec.convert(value, Instant.class) instanceof Instant moment ? moment(moment, wanted) : null
                : codec.convert(value, wanted);
    }

    private static @Nullable Object convertible(Object value, Class<?> wanted) {
        if (value instanceof Number number) {
            return wanted == Boolean.class ? truth(number) : number(number, wanted);
        } else if (value instanceof Instant moment) {
            return moment(moment, wanted);
        } else if (value instanceof String text) {
            return text(text, wanted);
        }
        return null;
    }

    private static @Nullable Object text(String text, Class<?> wanted) {
        if (wanted == UUID.class) {
            return uuid(text);
        } else if (wanted == Json.class) {
            return new Json(text);
        } else if (wanted == Character.class) {
            return text.length() == 1 ? text.charAt(0) : null;
        }
        return wanted.isEnum() ? constant(text, wanted) : null;
    }

    private static Object constant(String name, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no constant has that name");
    }

    private static @Nullable Object number(Number number, Class<?> wanted) {
        Function<Number, Object> conversion = NUMBERS.get(wanted);
        return conversion == null ? null : conversion.apply(number);
    }

    /** SQLite's booleans, and Django's on it. */
    private static Object truth(Number number) {
        BigDecimal value = decimal(number);
        if (value.signum() != 0 && value.compareTo(BigDecimal.ONE) != 0) {
            throw new ArithmeticException("neither 0 nor 1");
        }
        return value.signum() != 0;
    }

    /** With hyphens, or as Django stores them where the database has no such type; Java's reader fills up and cuts digits. */
    private static UUID uuid(String text) {
        String hyphenated =
                text.length() == 32 ? text.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5") : text;
        UUID uuid = UUID.fromString(hyphenated);
        if (!uuid.toString().equalsIgnoreCase(hyphenated)) {
            throw new IllegalArgumentException("not 32 digits in their places");
        }
        return uuid;
    }

    private static @Nullable Object moment(Instant moment, Class<?> wanted) {
        if (wanted == OffsetDateTime.class) {
            return moment.atOffset(ZoneOffset.UTC);
        }
        return wanted == ZonedDateTime.class ? moment.atZone(ZoneOffset.UTC) : null;
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        } else if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        } else if (number instanceof Double || number instanceof Float) {
            return new BigDecimal(number.toString()); // What it prints as, not what its bits are worth.
        }
        return BigDecimal.valueOf(number.longValue());
    }

    /** No database has whole numbers of so many digits; an exponent alone may ask for gigabytes of them. */
    private static BigInteger integer(BigDecimal number) {
        if (number.scale() < -MAX_EXPONENT || number.scale() > MAX_EXPONENT) {
            throw new ArithmeticException("too large an exponent");
        }
        return number.toBigIntegerExact();
    }

    private static Object binary64(Number number) {
        if (number instanceof Float) {
            return Double.valueOf(number.toString());
        }
        BigDecimal value = decimal(number);
        double near = value.doubleValue();
        return near(near, Math.ulp(near), value);
    }

    private static Object binary32(Number number) {
        if (number instanceof Double && !Double.isFinite(number.doubleValue())) {
            return number.floatValue();
        }
        BigDecimal value = number instanceof Double ? new BigDecimal(number.doubleValue()) : decimal(number);
        float near = value.floatValue();
        near(near, Math.ulp(near), value);
        return near;
    }

    /**
     * {@return {@code near}, if it is {@code value} or the nearest fraction to it} Where the distance to the next number,
     * {@code ulp}, is one or more, there are no fractions: there, as at zero, what is not the same is another number.
     */
    private static double near(double near, double ulp, BigDecimal value) {
        boolean fraction = near != 0 && ulp < 1;
        boolean same = fraction || (Double.isFinite(near) && new BigDecimal(near).compareTo(value) == 0);
        if (!same) {
            throw new ArithmeticException("no such binary number");
        }
        return near;
    }

    private static RuntimeException mismatch(ErrorKind kind, Object value, Class<?> type, String what, String problem) {
        String seen = value instanceof UnreadableValue
                ? "text"
                : value instanceof List ? "List" : value.getClass().getSimpleName();
        return kind.exception(
                "%s holds a %s, which was to be read as %s%s".formatted(what, seen, type.getSimpleName(), problem));
    }
}
