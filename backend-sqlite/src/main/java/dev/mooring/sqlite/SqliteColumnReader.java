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

/**
 * How a column is read, by the first word of its declared type. A value of another storage class stays as it is.
 *
 * <p>A kept statement prepares itself anew if somebody made its table again, and says so to nobody. So the declared type is
 * asked for in each result, once, and not before there is a value to which it matters: asking costs as much as reading.
 */
final class SqliteColumnReader implements ValueReader {

    private static final Conversion NONE = (value, column) -> value;

    private final SqliteDateTimes dateTimes;
    private @Nullable Conversion conversion;
    private boolean asked;

    SqliteColumnReader(SqliteDateTimes dateTimes) {
        this.dateTimes = dateTimes;
    }

    @Override
    public @Nullable Object read(ResultSet row, int column) throws SQLException {
        if (row.getRow() == 1) {
            asked = false;
        }
        Object value = raw(row, column);
        if (value == null || value instanceof byte[]) {
            return value;
        }
        Conversion known = conversion;
        if (known == null || (!asked && !(known == NONE && isOnlyText(value)))) {
            known = conversion(row.getMetaData(), column);
            conversion = known;
            asked = true;
        }
        return known.convert(value, column);
    }

    private Conversion conversion(ResultSetMetaData columns, int column) throws SQLException {
        return switch (firstWord(columns.getColumnTypeName(column))) {
            case "BOOL", "BOOLEAN" -> SqliteColumnReader::truth;
            case "DATETIME", "TIMESTAMP" -> texts(dateTimes::moment);
            case "DATE" -> texts(SqliteDateTimes::date);
            case "TIME" -> texts(SqliteDateTimes::time);
            case "DECIMAL" -> decimals(columns.getPrecision(column), columns.getScale(column));
            default -> NONE;
        };
    }

    /** {@return whether this is a text that no declared type would make a date, a time or a number} */
    private static boolean isOnlyText(Object value) {
        return value instanceof String text && !text.isEmpty() && Character.isLetter(text.charAt(0));
    }

    /** The driver makes small integers {@code Integer}: then the class would depend on the value. */
    private static @Nullable Object raw(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    private static Object truth(Object value, int column) {
        return value instanceof Long number ? Boolean.valueOf(number != 0) : value;
    }

    private static Conversion texts(TextReader reader) {
        return (value, column) -> value instanceof String text ? reader.read(text, column) : value;
    }

    /** SQLite keeps a decimal as a double where it can; the declared scale brings the zeros back, as in Django. */
    private static Conversion decimals(int precision, int scale) {
        return (value, column) -> {
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

    /** What the declared type makes of a value that is neither null nor bytes. */
    @FunctionalInterface
    private interface Conversion {
        Object convert(Object value, int column);
    }

    /** Understands the text of a column. */
    @FunctionalInterface
    private interface TextReader {
        Object read(String text, int column);
    }
}
