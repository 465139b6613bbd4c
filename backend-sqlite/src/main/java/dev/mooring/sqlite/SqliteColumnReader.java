package dev.mooring.sqlite;

import dev.mooring.spi.UnreadableValue;
import dev.mooring.spi.ValueCodec.ValueReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a column is read, by the first word of its declared type. A value of another storage class stays as it is.
 *
 * <p>A kept statement prepares itself anew if somebody made its table again, and says so to nobody. So the declared type is
 * asked for in each result, once, and not before there is a value to which it matters: asking costs as much as reading.
 */
final class SqliteColumnReader implements ValueReader {

    private static final Conversion NONE = new Conversion("any value", "", value -> value);
    private static final MathContext DIGITS_OF_A_DOUBLE = new MathContext(15, RoundingMode.HALF_EVEN);

    /** The way out where Java expects a text, and SQLite takes the column for one of numbers. */
    private static final String MADE_A_NUMBER =
            ". SQLite stores a number where a text in a column of that type looks like"
                    + " one; declare it as char(32) or text";

    /** From here on a double leaves out whole numbers. */
    private static final double MAX_EXACT = 1L << 53;

    private final SqliteDateTimes dateTimes;
    private @Nullable Conversion conversion;
    private boolean asked;

    SqliteColumnReader(SqliteDateTimes dateTimes) {
        this.dateTimes = dateTimes;
    }

    @Override
    // By reference, for a record's equals() keeps its class loader for the life of the JVM (seen on JDK 17).
    @SuppressWarnings("ReferenceEquality")
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
        try {
            return known.convert(value);
        } catch (DateTimeException | IllegalArgumentException e) {
            return new UnreadableValue(value.toString(), known.problem());
        }
    }

    private Conversion conversion(ResultSetMetaData columns, int column) throws SQLException {
        return switch (firstWord(columns.getColumnTypeName(column))) {
            case "BOOL", "BOOLEAN" -> new Conversion("a boolean", "", SqliteColumnReader::truth);
            case "DATETIME", "TIMESTAMP" -> texts("a date and time", dateTimes::moment);
            case "DATE" -> texts("a date", SqliteDateTimes::date);
            case "TIME" -> texts("a time", SqliteDateTimes::time);
            case "UUID", "GUID", "UNIQUEIDENTIFIER" ->
                new Conversion("a UUID", MADE_A_NUMBER, SqliteColumnReader::uuid);
            case "JSON", "JSONB" -> new Conversion("a document", MADE_A_NUMBER, SqliteColumnReader::document);
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

    private static Object truth(Object value) {
        return value instanceof Long number ? Boolean.valueOf(number != 0) : value;
    }

    /** To SQLite these types are numbers, and it has made one of a UUID that looks like one. */
    private static Object uuid(Object value) {
        if (value instanceof Number) {
            throw new IllegalArgumentException("a number");
        }
        return value;
    }

    /** A document that is a number, which SQLite has made one. Of too many digits it has kept the first. */
    private static Object document(Object value) {
        if (value instanceof Double number && Math.abs(number) >= MAX_EXACT) {
            throw new IllegalArgumentException("a number with too many digits");
        }
        return value.toString();
    }

    private static Conversion texts(String declared, Function<String, Object> reader) {
        return new Conversion(declared, "", value -> value instanceof String text ? reader.apply(text) : value);
    }

    /** SQLite keeps a decimal as a double where it can; the declared scale brings the zeros back, as in Django. */
    private static Conversion decimals(int precision, int scale) {
        return new Conversion("a decimal", "", value -> {
            BigDecimal number = new BigDecimal(value.toString());
            return precision > 0 ? scaled(number, scale, value instanceof Double) : number;
        });
    }

    /** Of the digits of a double, those behind the fifteenth are what arithmetic left. Others are not rounded away. */
    private static BigDecimal scaled(BigDecimal number, int scale, boolean binary) {
        BigDecimal reliable = number.scale() > scale && binary ? number.round(DIGITS_OF_A_DOUBLE) : number;
        BigDecimal shortest = reliable.scale() > scale ? reliable.stripTrailingZeros() : reliable;
        return shortest.scale() > scale ? number : shortest.setScale(scale, RoundingMode.UNNECESSARY);
    }

    static String firstWord(@Nullable String declared) {
        String type = declared == null ? "" : declared.strip().toUpperCase(Locale.ROOT);
        int end = 0;
        while (end < type.length() && Character.isLetterOrDigit(type.charAt(end))) {
            end++;
        }
        return type.substring(0, end);
    }

    /**
     * What the declared type makes of a value that is neither null nor bytes.
     *
     * @param declared the type in words
     * @param wayOut what the error about another value says besides
     */
    private record Conversion(String declared, String wayOut, Function<Object, Object> function) {
        Object convert(Object value) {
            return function.apply(value);
        }

        String problem() {
            return "it is declared as " + declared + " but holds something else; read it as text, or cast it to text"
                    + wayOut;
        }
    }
}
