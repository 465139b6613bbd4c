package dev.mooring.postgres;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ValueCodec.ValueReader;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;

/** How each type of column is read. */
final class PostgresReaders {

    private PostgresReaders() {}

    static ValueReader of(ResultSetMetaData columns, int column) throws SQLException {
        return switch (columns.getColumnType(column)) {
            case Types.DATE -> PostgresReaders::date;
            case Types.TIME -> hasZone(columns, column, 8) ? typed(OffsetTime.class) : typed(LocalTime.class);
            case Types.TIMESTAMP -> hasZone(columns, column, 22) ? PostgresReaders::moment : PostgresReaders::dateTime;
            // The driver would fetch the rows of a cursor that is only named.
            case Types.REF_CURSOR -> ResultSet::getString;
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

    private static <T> ValueReader typed(Class<T> type) {
        return (row, column) -> row.getObject(column, type);
    }

    private static @Nullable Object moment(ResultSet row, int column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        if (moment == null) {
            return null;
        }
        return finite(moment.equals(OffsetDateTime.MAX) || moment.equals(OffsetDateTime.MIN), column, moment)
                .toInstant();
    }

    private static @Nullable Object dateTime(ResultSet row, int column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null
                ? null
                : finite(value.equals(LocalDateTime.MAX) || value.equals(LocalDateTime.MIN), column, value);
    }

    private static @Nullable Object date(ResultSet row, int column) throws SQLException {
        LocalDate value = row.getObject(column, LocalDate.class);
        return value == null ? null : finite(value.equals(LocalDate.MAX) || value.equals(LocalDate.MIN), column, value);
    }

    /** psycopg refuses infinity too: it would pass for a date in the year 999,999,999. */
    private static <T> T finite(boolean infinite, int column, T value) {
        if (infinite) {
            throw ErrorKind.DATA.exception(
                    "Column %d holds infinity, which is no date; cast it to text".formatted(column));
        }
        return value;
    }

    private static @Nullable Object any(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        if (value instanceof PGInterval interval) {
            return duration(interval);
        } else if (value instanceof PGobject other) {
            return other.getValue();
        } else if (value instanceof Array array) {
            return PostgresArrays.read(array);
        } else if (value instanceof SQLXML xml) {
            return xml.getString();
        }
        return value;
    }

    private static @Nullable Duration duration(PGInterval interval) {
        if (interval.isNull()) {
            return null;
        }
        return Duration.ofDays(interval.getYears() * 365L + interval.getMonths() * 30L + interval.getDays())
                .plusHours(interval.getHours())
                .plusMinutes(interval.getMinutes())
                .plusSeconds(interval.getWholeSeconds())
                .plusNanos(interval.getMicroSeconds() * 1000L);
    }
}
