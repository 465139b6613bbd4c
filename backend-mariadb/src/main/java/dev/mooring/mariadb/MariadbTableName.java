package dev.mooring.mariadb;

/**
 * Conditions of queries of {@code information_schema} on the name of a table. Names are compared there without case and without
 * accents, while two tables may differ in nothing else, unless {@code lower_case_table_names} says otherwise.
 */
final class MariadbTableName {

    private MariadbTableName() {}

    /** {@return that this column is a certain name, which is a parameter twice} The first comparison finds it without a scan. */
    static String is(String column) {
        return is(column, "%s");
    }

    /** {@return that these two are one name} */
    static String is(String column, String other) {
        return column + " = " + other + " AND (@@lower_case_table_names > 0 OR CAST(" + column + " AS BINARY) = CAST("
                + other + " AS BINARY))";
    }
}
