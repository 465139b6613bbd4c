package dev.mooring.sqlite;

import static java.util.Map.entry;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.spi.SqlRunner;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What SQLite says of the columns of one table, in the shape that Django gives it. */
final class SqliteColumnInfo {

    /** Columns that are computed are there too, those that a virtual table hides are not. */
    private static final String COLUMNS = "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_xinfo(%s)"
            + " WHERE hidden <> 1 ORDER BY cid";

    private static final String STATEMENT =
            "SELECT sql FROM sqlite_master WHERE type IN ('table', 'view') AND name = %s COLLATE NOCASE";

    private static final Pattern SIZED =
            Pattern.compile("\\s*(?:var)?char\\s*\\(\\s*(\\d+)\\s*\\)\\s*", Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> FIELDS = Map.ofEntries(
            entry("bool", "BooleanField"),
            entry("boolean", "BooleanField"),
            entry("smallint", "SmallIntegerField"),
            entry("smallint unsigned", "PositiveSmallIntegerField"),
            entry("smallinteger", "SmallIntegerField"),
            entry("int", "IntegerField"),
            entry("integer", "IntegerField"),
            entry("bigint", "BigIntegerField"),
            entry("integer unsigned", "PositiveIntegerField"),
            entry("bigint unsigned", "PositiveBigIntegerField"),
            entry("decimal", "DecimalField"),
            entry("real", "FloatField"),
            entry("text", "TextField"),
            entry("char", "CharField"),
            entry("varchar", "CharField"),
            entry("blob", "BinaryField"),
            entry("date", "DateField"),
            entry("datetime", "DateTimeField"),
            entry("time", "TimeField"));

    private static final Set<String> NUMBERS = Set.of("IntegerField", "BigIntegerField", "SmallIntegerField");

    private final SqlRunner sql;
    private final String table;

    SqliteColumnInfo(SqlRunner sql, String table) {
        this.sql = sql;
        this.table = table;
    }

    /** {@return the statement that made the table; empty if there is none} */
    static String statement(SqlRunner sql, String table) {
        return sql.query(STATEMENT, table).stream()
                .map(row -> String.valueOf(row.get(0)))
                .findFirst()
                .orElse("");
    }

    List<ColumnInfo> all() {
        SqliteTableStatement statement = SqliteTableStatement.parse(statement(sql, table));
        return sql.query(COLUMNS, table).stream()
                .map(row -> column(row, statement))
                .toList();
    }

    static String fieldType(ColumnInfo column) {
        String type = column.type().toLowerCase(Locale.ROOT).trim();
        String field = SIZED.matcher(type).matches() ? "CharField" : FIELDS.get(type);
        if (column.primaryKey() && field != null && NUMBERS.contains(field)) {
            return "AutoField";
        }
        if (column.jsonConstraint()) {
            return "JSONField";
        }
        if (field == null) {
            throw ErrorKind.NOT_SUPPORTED.exception(
                    "Django has no field for the column %s declared as '%s'".formatted(column.name(), column.type()));
        }
        return field;
    }

    private static ColumnInfo column(List<@Nullable Object> row, SqliteTableStatement statement) {
        String name = String.valueOf(row.get(0));
        String type = String.valueOf(row.get(1));
        Matcher sized = SIZED.matcher(type);
        boolean primaryKey = isTrue(row, 4);
        return new ColumnInfo(
                name,
                type,
                0,
                sized.matches() ? Integer.valueOf(sized.group(1)) : null,
                null,
                null,
                !isTrue(row, 2),
                row.get(3) == null ? null : String.valueOf(row.get(3)),
                statement.collation(name),
                primaryKey && type.equalsIgnoreCase("integer"),
                null,
                primaryKey,
                statement
                        .text()
                        .toLowerCase(Locale.ROOT)
                        .contains("json_valid(\"" + name.toLowerCase(Locale.ROOT) + "\")"));
    }

    private static boolean isTrue(List<@Nullable Object> row, int column) {
        return row.get(column) instanceof Number number && number.longValue() != 0;
    }
}
