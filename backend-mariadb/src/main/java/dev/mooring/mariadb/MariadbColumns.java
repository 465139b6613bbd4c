package dev.mooring.mariadb;

import static dev.mooring.mariadb.MariadbDialect.quoted;

import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.ColumnType.Kind;
import dev.mooring.schema.ForeignKey;
import dev.mooring.schema.SqlToken;
import dev.mooring.schema.Table;
import java.time.ZoneId;
import java.util.List;

/** How MariaDB spells columns, values and conditions, in schema statements: as Django does. */
final class MariadbColumns {

    private final MariadbLiterals literals;

    MariadbColumns(ZoneId zone) {
        literals = new MariadbLiterals(new MariadbValueCodec(zone));
    }

    /** {@return the column as {@code CREATE TABLE} has it} */
    String definition(Column column) {
        return definition(column, "");
    }

    /** {@return the column with its default value, which is to be dropped once all rows have it} */
    String definitionWithDefault(Column column) {
        return definition(
                column,
                column.defaultValue().map(value -> " DEFAULT " + literal(value)).orElse(""));
    }

    private static String definition(Column column, String defaultValue) {
        return quoted(column.name()) + " " + type(column.type()) + (column.isNumbered() ? " AUTO_INCREMENT" : "")
                + defaultValue
                + (column.isNullable() ? " NULL" : " NOT NULL")
                + (column.isUnique() ? " UNIQUE" : "")
                + (column.isPrimaryKey() ? " PRIMARY KEY" : "")
                + check(column);
    }

    /** {@return the column as {@code MODIFY} has it: all of it but its keys, for what is left out is taken away} */
    static String modification(Column column, boolean numbered, boolean checked) {
        return quoted(column.name()) + " " + type(column.type()) + (numbered ? " AUTO_INCREMENT" : "")
                + (column.isNullable() ? " NULL" : " NOT NULL") + (checked ? check(column) : "");
    }

    static String type(ColumnType type) {
        return switch (type.kind()) {
            case SMALLINT -> "smallint";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case POSITIVE_SMALLINT -> "smallint UNSIGNED";
            case POSITIVE_INTEGER -> "integer UNSIGNED";
            case POSITIVE_BIGINT -> "bigint UNSIGNED";
            case FLOAT -> "double precision";
            case DECIMAL -> "numeric(" + type.precision() + ", " + type.scale() + ")";
            case VARCHAR -> "varchar(" + type.length() + ")";
            case TEXT -> "longtext";
            case BOOLEAN -> "bool";
            case DATE -> "date";
            case TIME -> "time(6)";
            case TIMESTAMP -> "datetime(6)";
            case DURATION -> "bigint";
            case UUID -> "char(32)";
            case JSON -> "json";
            case BINARY -> "longblob";
            case INET -> "char(39)";
        };
    }

    private static String check(Column column) {
        return isPositive(column) ? " CHECK (" + quoted(column.name()) + " >= 0)" : "";
    }

    /** {@return whether a check comes with the type} */
    static boolean isPositive(Column column) {
        return switch (column.type().kind()) {
            case POSITIVE_SMALLINT, POSITIVE_INTEGER, POSITIVE_BIGINT -> true;
            default -> false;
        };
    }

    /** {@return whether an index can be made on such a column, which needs a length for long texts and bytes} */
    static boolean takesIndex(Column column) {
        Kind kind = column.type().kind();
        return kind != Kind.TEXT && kind != Kind.BINARY && kind != Kind.JSON;
    }

    /** {@return whether the column gets an index of its own} A foreign key has the one that the server makes for it. */
    static boolean hasIndex(Column column) {
        return column.isIndexed() && takesIndex(column) && column.reference().isEmpty();
    }

    /** {@return the statements that give all rows a default value that may be too long for a DEFAULT} */
    List<String> filled(Table table, Column column) {
        String update = "UPDATE " + quoted(table.name()) + " SET " + quoted(column.name()) + " = "
                + literal(column.defaultValue().orElseThrow());
        return column.isNullable()
                ? List.of(update)
                : List.of(update, alter(table) + "MODIFY " + modification(column, false, false));
    }

    String literal(Object value) {
        return literals.of(value);
    }

    /** {@return the condition with its quoted names in backticks, whatever {@code sql_mode} takes double quotes for} */
    static String condition(String condition) {
        StringBuilder changed = new StringBuilder();
        int copied = 0;
        for (SqlToken token : SqlToken.of(condition)) {
            if (token.kind() == SqlToken.Kind.QUOTED_NAME && condition.charAt(token.start()) == '"') {
                changed.append(condition, copied, token.start()).append(quoted(token.text()));
                copied = token.end();
            }
        }
        return changed.append(condition, copied, condition.length()).toString();
    }

    static String alter(Table table) {
        return "ALTER TABLE " + quoted(table.name()) + " ";
    }

    static String foreignKey(Table table, ForeignKey key) {
        return "CONSTRAINT " + quoted(key.name(table.name(), MariadbNames.MAX_NAME)) + " FOREIGN KEY ("
                + quoted(key.column()) + ") REFERENCES " + quoted(key.toTable()) + " (" + quoted(key.toColumn()) + ")";
    }
}
