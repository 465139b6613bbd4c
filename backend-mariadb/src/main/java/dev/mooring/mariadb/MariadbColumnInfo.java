package dev.mooring.mariadb;

import static java.util.Map.entry;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.spi.SqlRunner;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code information_schema} says of the columns of one table, in the shape that Django gives it. */
final class MariadbColumnInfo {

    private static final String COLUMNS =
            "SELECT c.column_name, c.data_type, c.column_type, c.character_maximum_length,"
                    + " c.numeric_precision, c.numeric_scale, c.datetime_precision, c.is_nullable, c.column_default,"
                    + " CASE WHEN c.collation_name <> coalesce(t.table_collation, '') THEN c.collation_name END, c.extra, c.column_comment, c.column_key"
                    + " FROM information_schema.columns c"
                    + " JOIN information_schema.tables t ON t.table_schema = c.table_schema"
                    + " AND " + MariadbTableName.is("t.table_name", "c.table_name")
                    + " WHERE c.table_schema = DATABASE() AND " + MariadbTableName.is("c.table_name")
                    + " ORDER BY c.ordinal_position";

    /** The type JSON is a text with a check of this form, whose name is the column's; {@code sql_mode} decides on the quotes. */
    private static final String JSON = "SELECT constraint_name FROM information_schema.check_constraints"
            + " WHERE constraint_schema = DATABASE() AND " + MariadbTableName.is("table_name")
            + " AND level = 'Column'"
            + " AND replace(lower(check_clause), '\"', '`') = concat('json_valid(`', lower(constraint_name), '`)')";

    private static final Pattern WIDTH = Pattern.compile("\\w+\\((\\d+)\\).*");

    /** The numbers that types have in the protocol. */
    private static final Map<String, Integer> CODES = Map.ofEntries(
            entry("tinyint", 1),
            entry("smallint", 2),
            entry("int", 3),
            entry("float", 4),
            entry("double", 5),
            entry("timestamp", 7),
            entry("bigint", 8),
            entry("mediumint", 9),
            entry("date", 10),
            entry("time", 11),
            entry("datetime", 12),
            entry("year", 13),
            entry("bit", 16),
            entry("decimal", 246),
            entry("tinyblob", 252),
            entry("blob", 252),
            entry("mediumblob", 252),
            entry("longblob", 252),
            entry("tinytext", 252),
            entry("text", 252),
            entry("mediumtext", 252),
            entry("longtext", 252),
            entry("varchar", 253),
            entry("varbinary", 253),
            entry("char", 254),
            entry("binary", 254),
            entry("enum", 254),
            entry("set", 254),
            entry("uuid", 254),
            entry("inet4", 254),
            entry("inet6", 254),
            entry("geometry", 255));

    private static final Map<Integer, String> FIELDS = Map.ofEntries(
            entry(1, "IntegerField"),
            entry(2, "SmallIntegerField"),
            entry(3, "IntegerField"),
            entry(4, "FloatField"),
            entry(5, "FloatField"),
            entry(7, "DateTimeField"),
            entry(8, "BigIntegerField"),
            entry(9, "IntegerField"),
            entry(10, "DateField"),
            entry(11, "TimeField"),
            entry(12, "DateTimeField"),
            entry(246, "DecimalField"),
            entry(252, "TextField"),
            entry(253, "CharField"),
            entry(254, "CharField"));

    private static final Set<String> SIZED_BY_TYPE =
            Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "year", "bit");

    private MariadbColumnInfo() {}

    static List<ColumnInfo> read(SqlRunner sql, String table) {
        Set<String> json = MariadbTableName.rows(sql, JSON, table).stream()
                .map(row -> String.valueOf(row.get(0)))
                .collect(Collectors.toSet());
        return MariadbTableName.rows(sql, COLUMNS, table).stream()
                .map(row -> column(row, json))
                .toList();
    }

    static String fieldType(ColumnInfo column) {
        String field = FIELDS.get(column.typeCode());
        if (field == null) {
            throw ErrorKind.NOT_SUPPORTED.exception(
                    "Django has no field for the column %s of type %s".formatted(column.name(), column.type()));
        }
        boolean whole = field.endsWith("IntegerField");
        if (whole && column.autoField()) {
            return field.replace("IntegerField", "AutoField");
        } else if (whole && column.type().endsWith("unsigned") && column.typeCode() != 1) {
            return "Positive" + field;
        }
        return column.jsonConstraint() ? "JSONField" : field;
    }

    private static ColumnInfo column(List<@Nullable Object> row, Set<String> json) {
        String name = String.valueOf(row.get(0));
        String kind = String.valueOf(row.get(1));
        String type = String.valueOf(row.get(2));
        Integer length = number(row, 3);
        int width = width(kind, type, number(row, 4), number(row, 5), number(row, 6));
        return new ColumnInfo(
                name,
                type,
                CODES.getOrDefault(kind, 0),
                present(length, width),
                number(row, 4),
                number(row, 5),
                "YES".equals(row.get(7)),
                text(row, 8),
                text(row, 9),
                String.valueOf(row.get(10)).contains("auto_increment"),
                "".equals(row.get(11)) ? null : text(row, 11),
                "PRI".equals(row.get(12)),
                json.contains(name));
    }

    /** {@return the width that the protocol gives a column that is no text} */
    private static int width(
            String kind,
            String type,
            @Nullable Integer precision,
            @Nullable Integer scale,
            @Nullable Integer fraction) {
        Matcher declared = WIDTH.matcher(type);
        if (SIZED_BY_TYPE.contains(kind) && declared.matches()) {
            return Integer.parseInt(declared.group(1));
        }
        int digits = fraction == null || fraction == 0 ? 0 : fraction + 1;
        return switch (kind) {
            case "date" -> 10;
            case "time" -> 10 + digits;
            case "datetime", "timestamp" -> 19 + digits;
            case "float" -> 12;
            case "double" -> 22;
            case "decimal" ->
                present(precision, 0) + (present(scale, 0) > 0 ? 1 : 0) + (type.endsWith("unsigned") ? 0 : 1);
            default -> 0;
        };
    }

    private static int present(@Nullable Integer value, int otherwise) {
        return value == null || value == 0 ? otherwise : value;
    }

    /** A long text has no limit that matters. */
    private static @Nullable Integer number(List<@Nullable Object> row, int column) {
        if (!(row.get(column) instanceof Number number)) {
            return null;
        }
        return number.longValue() > Integer.MAX_VALUE ? -1 : number.intValue();
    }

    private static @Nullable String text(List<@Nullable Object> row, int column) {
        Object value = row.get(column);
        return value == null ? null : value.toString();
    }
}
