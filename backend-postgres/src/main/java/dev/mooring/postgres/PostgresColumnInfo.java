package dev.mooring.postgres;

import static java.util.Map.entry;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.spi.SqlRunner;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code pg_attribute} says of the columns of one table, in the shape that Django gives it. */
final class PostgresColumnInfo {

    private static final int NUMERIC = 1700;

    /** A column of a domain has the code of what the domain is made of, as in every result. */
    private static final String COLUMNS = "SELECT a.attname, pg_catalog.format_type(a.atttypid, NULL),"
            + " (CASE WHEN t.typbasetype <> 0 THEN t.typbasetype ELSE t.oid END)::bigint, a.attlen::bigint,"
            + " (CASE WHEN t.typbasetype <> 0 THEN t.typtypmod ELSE a.atttypmod END)::bigint,"
            + " NOT (a.attnotnull OR (t.typtype = 'd' AND t.typnotnull)), pg_catalog.pg_get_expr(d.adbin, d.adrelid),"
            + " CASE WHEN l.collname <> 'default' THEN l.collname END, a.attidentity <> '',"
            + " pg_catalog.col_description(a.attrelid, a.attnum),"
            + " EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisprimary"
            + " AND a.attnum = ANY (i.indkey))"
            + " FROM pg_catalog.pg_attribute a"
            + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
            + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
            + " LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
            + " LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation"
            + " WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relname = %s"
            + " AND pg_catalog.pg_table_is_visible(c.oid) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

    private static final Map<Integer, String> FIELDS = Map.ofEntries(
            entry(16, "BooleanField"),
            entry(17, "BinaryField"),
            entry(20, "BigIntegerField"),
            entry(21, "SmallIntegerField"),
            entry(23, "IntegerField"),
            entry(25, "TextField"),
            entry(700, "FloatField"),
            entry(701, "FloatField"),
            entry(869, "GenericIPAddressField"),
            entry(1042, "CharField"),
            entry(1043, "CharField"),
            entry(1082, "DateField"),
            entry(1083, "TimeField"),
            entry(1114, "DateTimeField"),
            entry(1184, "DateTimeField"),
            entry(1186, "DurationField"),
            entry(1266, "TimeField"),
            entry(NUMERIC, "DecimalField"),
            entry(2950, "UUIDField"),
            entry(3802, "JSONField"));

    private PostgresColumnInfo() {}

    static List<ColumnInfo> read(SqlRunner sql, String table) {
        return sql.query(COLUMNS, table).stream()
                .map(PostgresColumnInfo::column)
                .toList();
    }

    static String fieldType(ColumnInfo column) {
        String field = FIELDS.get(column.typeCode());
        if (field == null) {
            throw ErrorKind.NOT_SUPPORTED.exception(
                    "Django has no field for the column %s of type %s".formatted(column.name(), column.type()));
        }
        if (!column.autoField()) {
            return field;
        }
        return switch (field) {
            case "IntegerField" -> "AutoField";
            case "BigIntegerField" -> "BigAutoField";
            case "SmallIntegerField" -> "SmallAutoField";
            default -> field;
        };
    }

    private static ColumnInfo column(List<@Nullable Object> row) {
        int code = number(row, 2);
        int size = number(row, 3);
        int modifier = number(row, 4) > 0 ? number(row, 4) - 4 : number(row, 4);
        boolean decimal = code == NUMERIC && modifier >= 0;
        String defaultValue = text(row, 6);
        boolean serial = defaultValue != null && defaultValue.contains("nextval(");
        return new ColumnInfo(
                String.valueOf(row.get(0)),
                String.valueOf(row.get(1)),
                code,
                size != -1 ? size : decimal ? modifier >> 16 : modifier,
                decimal ? modifier >> 16 : null,
                decimal ? modifier & 0xFFFF : null,
                isTrue(row, 5),
                defaultValue,
                text(row, 7),
                isTrue(row, 8) || serial,
                text(row, 9),
                isTrue(row, 10),
                false);
    }

    private static int number(List<@Nullable Object> row, int column) {
        return row.get(column) instanceof Number number ? number.intValue() : 0;
    }

    private static boolean isTrue(List<@Nullable Object> row, int column) {
        return Boolean.TRUE.equals(row.get(column));
    }

    private static @Nullable String text(List<@Nullable Object> row, int column) {
        Object value = row.get(column);
        return value == null ? null : value.toString();
    }
}
