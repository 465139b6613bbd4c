package dev.mooring.postgres;

import dev.mooring.spi.UnreadableValue;
import dev.mooring.spi.ValueCodec.ValueReader;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;
import org.postgresql.util.PSQLException;

/** How each type of column is read. A value that Java has no counterpart for does not fail the others. */
final class PostgresReaders {

    /** How the driver says infinity, and 24:00. */
    private static final Set<Object> NO_TEMPORALS = Set.of(
            LocalDate.MAX,
            LocalDate.MIN,
            LocalTime.MAX,
            OffsetTime.MAX,
            LocalDateTime.MAX,
            LocalDateTime.MIN,
            OffsetDateTime.MAX,
            OffsetDateTime.MIN);

    private PostgresReaders() {}

    static ValueReader of(ResultSetMetaData columns, int column) throws SQLException {
        ValueReader reader = unguarded(columns, column);
        return (row, at) -> {
            try {
                return reader.read(row, at);
            } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
                return unreadable(row, at, "it holds a value that has no counterpart in Java");
            } catch (PSQLException e) {
                if (isConversion(e)) {
                    return unreadable(row, at, "it holds a value that the driver does not convert");
                }
                throw e;
            }
        };
    }

    private static ValueReader unguarded(ResultSetMetaData columns, int column) throws SQLException {
        return switch (columns.getColumnType(column)) {
            case Types.DATE -> temporal(LocalDate.class);
            case Types.TIME -> temporal(hasZone(columns, column, 8) ? OffsetTime.class : LocalTime.class);
            case Types.TIMESTAMP ->
                hasZone(columns, column, 22) ? PostgresReaders::moment : temporal(LocalDateTime.class);
            // The driver would fetch the rows of a cursor that is only named.
            case Types.REF_CURSOR -> ResultSet::getString;
            // The driver makes the nearest double of money, by a notation that depends on lc_monetary.
            case Types.DOUBLE -> columns.isCurrency(column) ? ResultSet::getString : PostgresReaders::any;
            default -> PostgresReaders::any;
        };
    }

    /**
     * {@return whether a time or timestamp has a zone} pgjdbc has one code for both and asks the server for a column's
     * type by name: a query that nobody sees. The width it gives is 6 larger where there is a zone.
     */
    private static boolean hasZone(ResultSetMetaData columns, int column, int width) throws SQLException {
        int digits = columns.getScale(column);
        int fraction = digits == 0 ? 0 : Math.max(digits, 2) + 1;
        return columns.getColumnDisplaySize(column) == width + fraction + 6;
    }

    private static ValueReader temporal(Class<?> type) {
        return (row, column) -> finite(row, column, row.getObject(column, type));
    }

    private static @Nullable Object moment(ResultSet row, int column) throws SQLException {
        Object value = finite(row, column, row.getObject(column, OffsetDateTime.class));
        return value instanceof OffsetDateTime moment ? moment.toInstant() : value;
    }

    /** psycopg refuses infinity too: it would pass for a date in the year 999,999,999. */
    private static @Nullable Object finite(ResultSet row, int column, @Nullable Object value) {
        if (value == null || !NO_TEMPORALS.contains(value)) {
            return value;
        }
        boolean isTime = value instanceof LocalTime || value instanceof OffsetTime;
        return unreadable(
                row,
                column,
                isTime
                        ? "it holds 24:00, which is no time of day in Java"
                        : "it is infinite, which no date in Java is");
    }

    private static @Nullable Object any(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        if (value instanceof PGInterval) {
            return PostgresIntervals.duration(row.getString(column));
        } else if (value instanceof PGobject other) {
            return other.getValue();
        } else if (value instanceof Array array) {
            return PostgresArrays.read(array);
        } else if (value instanceof SQLXML xml) {
            return xml.getString();
        }
        return value;
    }

    /** {@return whether the driver made up the error, of the value alone} */
    private static boolean isConversion(PSQLException error) {
        String state = error.getSQLState();
        return error.getServerErrorMessage() == null
                && state != null
                && (state.startsWith("22") || state.startsWith("42") || state.startsWith("07"));
    }

    private static UnreadableValue unreadable(ResultSet row, int column, String problem) {
        @Nullable String text;
        try {
            text = row.getString(column);
        } catch (SQLException | DateTimeException | IllegalArgumentException e) {
            text = null;
        }
        return new UnreadableValue(text, problem + "; read it as text, or cast it to text");
    }
}
