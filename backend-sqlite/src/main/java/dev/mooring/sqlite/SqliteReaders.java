package dev.mooring.sqlite;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ValueCodec.ValueReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a column is read, by the first word of its declared type. A value of another storage class stays as it is. */
final class SqliteReaders {

    private SqliteReaders() {}

    static ValueReader of(SqliteDateTimes dateTimes, ResultSetMetaData columns, int column) throws SQLException {
        return switch (firstWord(columns.getColumnTypeName(column))) {
            case "BOOL", "BOOLEAN" -> SqliteReaders::truth;
            case "DATETIME", "TIMESTAMP" -> texts(dateTimes::moment);
            case "DATE" -> texts(SqliteDateTimes::date);
            case "TIME" -> texts(SqliteDateTimes::time);
            case "DECIMAL" -> decimals(columns.getPrecision(column), columns.getScale(column));
            default -> SqliteReaders::raw;
        };
    }

    /** The driver makes small integers {@code Integer}: then the class would depend on the value. */
    private static @Nullable Object raw(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    private static @Nullable Object truth(ResultSet row, int column) throws SQLException {
        Object value = raw(row, column);
        return value instanceof Long number ? Boolean.valueOf(number != 0) : value;
    }

    private static ValueReader texts(TextReader reader) {
        return (row, column) -> raw(row, column) instanceof String text ? reader.read(text, column) : raw(row, column);
    }

    /** SQLite keeps a decimal as a double where it can; the declared scale brings the zeros back, as in Django. */
    private static ValueReader decimals(int precision, int scale) {
        return (row, column) -> {
            Object value = raw(row, column);
            if (value == null || value instanceof byte[]) {
                return value;
            }
            BigDecimal number = decimal(value.toString(), column);
            return precision > 0 && number.scale() != scale ? number.setScale(scale, RoundingMode.HALF_EVEN) : number;
        };
    }

    private static BigDecimal decimal(String text, int column) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw ErrorKind.DATA.exception("Column %d is declared as a decimal but holds none".formatted(column), e);
        }
    }

    private static String firstWord(@Nullable String declared) {
        String type = declared == null ? "" : declared.strip().toUpperCase(Locale.ROOT);
        int end = 0;
        while (end < type.length() && Character.isLetterOrDigit(type.charAt(end))) {
            end++;
        }
        return type.substring(0, end);
    }

    /** Understands the text of a column. */
    @FunctionalInterface
    private interface TextReader {
        Object read(String text, int column);
    }
}
