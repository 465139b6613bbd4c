package dev.mooring.sqlite;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.ForeignKey;
import dev.mooring.spi.Dialect;
import dev.mooring.spi.ValueCodec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HexFormat;

/** How SQLite spells columns and values, in schema statements: as Django does. Immutable. */
final class SqliteColumns {

    private static final Dialect DIALECT = Dialect.standard();

    private final SqliteValueCodec codec;

    SqliteColumns(SqliteValueCodec codec) {
        this.codec = codec;
    }

    static String definition(Column column) {
        return quoted(column.name()) + " " + (column.isNumbered() ? "integer" : type(column.type()))
                + (column.isNullable() ? " NULL" : " NOT NULL")
                + (column.isUnique() ? " UNIQUE" : "")
                + (column.isPrimaryKey() ? " PRIMARY KEY" : "")
                + (column.isNumbered() ? " AUTOINCREMENT" : "")
                + check(column)
                + column.reference().map(SqliteColumns::references).orElse("");
    }

    private static String references(ForeignKey key) {
        return " REFERENCES " + quoted(key.toTable()) + " (" + quoted(key.toColumn())
                + ") DEFERRABLE INITIALLY DEFERRED";
    }

    private static String type(ColumnType type) {
        return switch (type.kind()) {
            case SMALLINT -> "smallint";
            case INTEGER -> "integer";
            case BIGINT, DURATION -> "bigint";
            case POSITIVE_SMALLINT -> "smallint unsigned";
            case POSITIVE_INTEGER -> "integer unsigned";
            case POSITIVE_BIGINT -> "bigint unsigned";
            case FLOAT -> "real";
            case DECIMAL -> "decimal";
            case VARCHAR -> "varchar(" + type.length() + ")";
            case TEXT, JSON -> "text";
            case BOOLEAN -> "bool";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMP -> "datetime";
            case UUID -> "char(32)";
            case BINARY -> "BLOB";
            case INET -> "char(39)";
        };
    }

    /** {@return whether its type comes with a check} */
    static boolean hasCheck(Column column) {
        return !check(column).isEmpty();
    }

    private static String check(Column column) {
        String name = quoted(column.name());
        return switch (column.type().kind()) {
            case POSITIVE_SMALLINT, POSITIVE_INTEGER, POSITIVE_BIGINT -> " CHECK (" + name + " >= 0)";
            case JSON -> " CHECK ((JSON_VALID(" + name + ") OR " + name + " IS NULL))";
            default -> "";
        };
    }

    String literal(Object value) {
        if (value instanceof byte[] bytes) {
            return "X'" + HexFormat.of().formatHex(bytes) + "'";
        }
        if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        }
        if (value instanceof Duration duration) {
            return String.valueOf(ValueCodec.microseconds(1, duration));
        }
        if (value instanceof Double || value instanceof Float) {
            return real(((Number) value).doubleValue(), value.toString());
        }
        if (value instanceof BigDecimal) {
            return text(value.toString());
        }
        if (value instanceof Number) {
            return value.toString();
        }
        return text(codec.text(1, value));
    }

    /** A literal that is out of range is infinite for SQLite; there is none for what is not a number. */
    private static String real(double value, String text) {
        if (Double.isNaN(value)) {
            throw ErrorKind.DATA.exception("A default value is not a number, which SQLite would store as null");
        }
        return Double.isInfinite(value) ? (value > 0 ? "9e999" : "-9e999") : text;
    }

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static String quoted(String name) {
        return DIALECT.quoteName(name);
    }
}
