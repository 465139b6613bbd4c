package dev.mooring.postgres;

import static java.time.ZoneOffset.UTC;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Json;
import dev.mooring.spi.ValueCodec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** Values written into schema statements, which take no parameters: each comes back as it would if it were bound. */
final class PostgresLiterals {

    private PostgresLiterals() {}

    static String of(Object value) {
        try {
            return literal(value);
        } catch (DateTimeException | ArithmeticException e) {
            throw ErrorKind.DATA.exception(
                    "A default value is a %s out of range"
                            .formatted(value.getClass().getSimpleName()),
                    e);
        }
    }

    private static String literal(Object value) {
        if (value instanceof Boolean) {
            return value.toString();
        } else if (value instanceof Number number) {
            return number(number);
        } else if (value instanceof byte[] bytes) {
            return text("\\x" + HexFormat.of().formatHex(bytes));
        } else if (value instanceof Duration duration) {
            return text(duration(duration));
        } else if (value instanceof CharSequence || value instanceof Character || value instanceof Json) {
            return text(ValueCodec.storable(1, value.toString()));
        } else if (value instanceof UUID) {
            return text(value.toString());
        }
        return text(temporal(value));
    }

    /** What is no number, and the sign of a zero, are not in a literal that is not quoted. */
    private static String number(Number value) {
        boolean binary = value instanceof Double || value instanceof Float;
        double number = value.doubleValue();
        boolean special = binary && (!Double.isFinite(number) || (number == 0 && 1 / number < 0));
        return special ? text(value.toString()) : value.toString();
    }

    /** One sign for the whole, whatever the settings of the session: {@code -00:00:00.500000}. */
    private static String duration(Duration value) {
        Duration size = value.abs();
        return String.format(
                Locale.ROOT,
                "%s%02d:%02d:%02d.%06d",
                value.isNegative() ? "-" : "",
                size.toHours(),
                size.toMinutesPart(),
                size.toSecondsPart(),
                size.toNanosPart() / 1000);
    }

    private static String temporal(Object value) {
        if (value instanceof LocalDate date) {
            return date(date) + era(date);
        } else if (value instanceof LocalTime time) {
            return time(time);
        } else if (value instanceof LocalDateTime local) {
            return moment(local, "");
        } else if (value instanceof Instant moment) {
            return moment(LocalDateTime.ofInstant(moment, UTC), "+00");
        } else if (value instanceof OffsetDateTime moment) {
            return temporal(moment.toInstant());
        } else if (value instanceof ZonedDateTime moment) {
            return temporal(moment.toInstant());
        } else if (value instanceof OffsetTime time) {
            return time(time.toLocalTime()) + time.getOffset();
        }
        throw ValueCodec.unsupported(1, value);
    }

    private static String moment(LocalDateTime value, String offset) {
        return date(value.toLocalDate()) + ' ' + time(value.toLocalTime()) + offset + era(value.toLocalDate());
    }

    /** PostgreSQL has no year 0: the one before 1 is 1 BC. */
    private static String date(LocalDate value) {
        int year = value.getYear() > 0 ? value.getYear() : Math.subtractExact(1, value.getYear());
        return String.format(Locale.ROOT, "%04d-%02d-%02d", year, value.getMonthValue(), value.getDayOfMonth());
    }

    private static String era(LocalDate value) {
        return value.getYear() > 0 ? "" : " BC";
    }

    /** What is smaller than a microsecond is cut off: rounded, the last moment of a day would be 24:00. */
    private static String time(LocalTime value) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%06d",
                value.getHour(),
                value.getMinute(),
                value.getSecond(),
                value.getNano() / 1000);
    }

    /** Backslashes in an escape string mean the same whatever {@code standard_conforming_strings} says. */
    static String text(String value) {
        String doubled = value.replace("'", "''");
        return value.indexOf('\\') < 0 ? "'" + doubled + "'" : "E'" + doubled.replace("\\", "\\\\") + "'";
    }
}
