package dev.mooring.mariadb;

import dev.mooring.spi.SqlRunner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions of queries of {@code information_schema} on the name of a table. Names are compared there without case and without
 * accents, while two tables may differ in nothing else, unless {@code lower_case_table_names} says otherwise.
 */
final class MariadbTableName {

    private MariadbTableName() {}

    /** {@return what {@code query} finds, which asks once that a column {@link #is(String) is} this table} */
    static List<List<@Nullable Object>> rows(SqlRunner sql, String query, String table) {
        return sql.query(query, table, table);
    }

    /** {@return that this column is the table's name, by two parameters} The first comparison finds it without a scan. */
    static String is(String column) {
        return is(column, "%s");
    }

    /** {@return that these two are one name} */
    static String is(String column, String other) {
        return column + " = " + other + " AND (@@lower_case_table_names > 0 OR CAST(" + column + " AS BINARY) = CAST("
                + other + " AS BINARY))";
    }
}
