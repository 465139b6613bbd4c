package dev.mooring.spi;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
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
        String wayOut = value instanceof Enum<?>
                ? "bind its name() or a code of your own"
                : "bind text, numbers, booleans, bytes, UUIDs, Json or java.time values";
        return ErrorKind.PROGRAMMING.exception("Parameter %d is a %s, which is not converted; %s"
                .formatted(index, value.getClass().getName(), wayOut));
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

    /** Reads one value. */
    @FunctionalInterface
    interface ValueReader {
        /** {@return the value in that column of the current row} */
        @Nullable
        Object read(ResultSet row, int column) throws SQLException;
    }
}
