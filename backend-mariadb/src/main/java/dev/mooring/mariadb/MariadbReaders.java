package dev.mooring.mariadb;

import dev.mooring.spi.UnreadableValue;
import dev.mooring.spi.ValueCodec.ValueReader;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How each type of column is read. A value that Java has no counterpart for does not fail the others. */
final class MariadbReaders {

    private final MariadbDateTimes dateTimes;

    MariadbReaders(MariadbDateTimes dateTimes) {
        this.dateTimes = dateTimes;
    }

    ValueReader of(ResultSetMetaData columns, int column) throws SQLException {
        return switch (columns.getColumnType(column)) {
            case Types.DATE -> text("a date", MariadbDateTimes::date);
            case Types.TIME -> text("a time of day", MariadbDateTimes::time);
            case Types.TIMESTAMP -> this::moment;
            case Types.TINYINT, Types.SMALLINT -> MariadbReaders::small;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> ResultSet::getBytes;
            case Types.CLOB, Types.LONGVARCHAR -> ResultSet::getString;
            default -> MariadbReaders::any;
        };
    }

    /** As text the driver gives it in the JVM's zone, and a date that is none as null otherwise. */
    private @Nullable Object moment(ResultSet row, int column) throws SQLException {
        try {
            LocalDateTime local = row.getObject(column, LocalDateTime.class);
            if (local != null) {
                return dateTimes.moment(local);
            }
        } catch (DateTimeException e) {
            return unreadable(row, column, "a date and time");
        }
        return row.getString(column) == null ? null : unreadable(row, column, "a date and time");
    }

    private static UnreadableValue unreadable(ResultSet row, int column, String kind) throws SQLException {
        return new UnreadableValue(row.getString(column), problem(kind));
    }

    private static String problem(String kind) {
        return "it holds what is not " + kind + " in Java; read it as text, or cast it to text";
    }

    /** The driver would read a date that is none, such as 0000-00-00, as null. */
    private static ValueReader text(String kind, Function<String, Object> parser) {
        return (row, column) -> {
            String text = row.getString(column);
            if (text == null) {
                return null;
            }
            try {
                return parser.apply(text);
            } catch (DateTimeException e) {
                return new UnreadableValue(text, problem(kind));
            }
        };
    }

    /** As an object the driver gives another number for a year of a statement that the server prepared. */
    private static @Nullable Object small(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    /** The class of small numbers does not depend on their size. */
    private static @Nullable Object any(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        return value instanceof Short || value instanceof Byte ? Integer.valueOf(((Number) value).intValue()) : value;
    }
}
