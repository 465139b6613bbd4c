package dev.mooring.spi;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries values to and from the driver. Used from any thread. */
public interface ValueCodec {

    /** {@return the codec that leaves all conversion to the driver's {@code setObject} and {@code getObject}} */
    static ValueCodec standard() {
        return new ValueCodec() {};
    }

    /**
     * {@return {@code text}, which can be stored as it is}
     *
     * <p>Drivers cut a text at NUL or replace half a surrogate pair by a question mark without a word.
     *
     * @param index the parameter's, for the message
     * @throws dev.mooring.error.DataException if it holds one of the two
     */
    static String storable(int index, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw ErrorKind.DATA.exception(
                        "Parameter %d holds a NUL character at %d, which no text column can store".formatted(index, i));
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw ErrorKind.DATA.exception(
                            "Parameter %d holds half a surrogate pair at %d, which is no character"
                                    .formatted(index, i));
                }
                i++;
            }
        }
        return text;
    }

    /** {@return the error that a parameter is of a class which no column has a counterpart for} */
    static DatabaseException unsupported(int index, Object value) {
        return ErrorKind.PROGRAMMING.exception("Parameter %d is a %s, which is not converted; %s"
                .formatted(index, value.getClass().getTypeName(), wayOut(value)));
    }

    private static String wayOut(Object value) {
        if (value instanceof Map) {
            return "give a Map alone, to a statement with %(name)s in place of each %s";
        } else if (value instanceof Collection) {
            return "a list may stand behind IN, with nothing else in its parentheses; this database has no arrays";
        } else if (value.getClass().isArray()) {
            return "an array of the database is bound as a List, several parameters one by one";
        }
        return "bind text, numbers, booleans, bytes, UUIDs, enums, Json or java.time values";
    }

    /**
     * {@return {@code value} in microseconds, as far as databases keep a length of time} What is smaller is cut off.
     *
     * @param index the parameter's, for the message
     * @throws dev.mooring.error.DataException if it is longer than 64 bits of microseconds, some 292,000 years
     */
    static long microseconds(int index, Duration value) {
        // Counted towards zero, so that a negative duration is cut off as its opposite is.
        boolean negativeFraction = value.isNegative() && value.getNano() > 0;
        long seconds = value.getSeconds() + (negativeFraction ? 1 : 0);
        int nanos = value.getNano() - (negativeFraction ? 1_000_000_000 : 0);
        try {
            return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), nanos / 1_000);
        } catch (ArithmeticException e) {
            throw ErrorKind.DATA.exception("Parameter %d is a Duration out of range".formatted(index), e);
        }
    }

    /** Binds a parameter; the first has the index 1. */
    default void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        statement.setObject(index, value);
    }

    /**
     * {@return whether readers serve the later results of a kept statement too, whatever became of its tables meanwhile}
     * They are then used by one thread and for one result at a time, from its first row on.
     */
    default boolean readersAreKept() {
        return false;
    }

    /**
     * {@return how to read one column of a result; the first column is 1} Asked once for each result, unless
     * {@link #readersAreKept()}.
     */
    default ValueReader reader(ResultSetMetaData columns, int column) throws SQLException {
        return ResultSet::getObject;
    }

    /**
     * {@return {@code value}, which a reader of this codec returned, as a {@code wanted}; null if it is left to the layer}
     *
     * <p>For what the database stores in another type, such as a length of time in a number: what was bound as a
     * {@code wanted} is to come back. The layer itself converts numbers, UUIDs, enums, {@code Json}, and moments to
     * {@code OffsetDateTime} and {@code ZonedDateTime}, with what is returned here as well.
     *
     * @param value never null; the text of an {@link UnreadableValue} too
     * @param wanted never a primitive type
     * @throws java.time.DateTimeException if it is none and cannot become one
     * @throws ArithmeticException likewise
     * @throws IllegalArgumentException likewise
     */
    default @Nullable Object convert(Object value, Class<?> wanted) {
        return null;
    }

    /**
     * Refuses a value that the driver, left to itself, would store as another. For what libraries bind through the
     * {@code DataSource} view: what the layer binds comes to {@link #bind}.
     *
     * @param index the parameter's, for the message
     * @throws dev.mooring.error.DataException if it is one
     */
    default void checkStorable(int index, Object value) {}

    /**
     * {@return whether dates and times that libraries bind and read through the {@code DataSource} view are converted here} Say so
     * if the driver stores or reads them otherwise than {@link #bind} and the readers do.
     */
    default boolean convertsDateTimes() {
        return false;
    }

    /** {@return whether {@link #dateTimeFromDriver} reads values as {@code type}, such as {@link java.sql.Timestamp}} */
    default boolean isDateTime(Class<?> type) {
        return false;
    }

    /**
     * {@return what the driver is to bind for {@code value}; {@code value} itself if it is no date or time}
     *
     * @param index the parameter's, for the message
     * @param value of a class of {@code java.sql}, {@code java.time}, or any other
     * @param zone the zone of the calendar that was given; null for that of the JVM
     */
    default Object dateTimeToDriver(int index, Object value, @Nullable ZoneId zone) {
        return value;
    }

    /**
     * {@return {@code stored} as {@code type}; null if the driver is to convert it}
     *
     * @param stored what the driver's {@code getObject} answers
     * @param type one that {@link #isDateTime} knows
     * @param zone the zone of the calendar that was given; null for that of the JVM
     */
    default @Nullable Object dateTimeFromDriver(Object stored, Class<?> type, @Nullable ZoneId zone)
            throws SQLException {
        return null;
    }

    /** Reads one value. */
    @FunctionalInterface
    interface ValueReader {
        /** {@return the value in that column of the current row; an {@link UnreadableValue} if Java has none for it} */
        @Nullable
        Object read(ResultSet row, int column) throws SQLException;
    }
}
