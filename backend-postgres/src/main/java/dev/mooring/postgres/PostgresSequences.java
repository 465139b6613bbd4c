package dev.mooring.postgres;

import static dev.mooring.postgres.PostgresColumns.quoted;
import static dev.mooring.postgres.PostgresColumns.text;

import dev.mooring.schema.Table;

/**
 * The sequences that number a column, which are looked up when the statement runs: their names are those that the table and
 * the column had when they were made, cut to 63 bytes.
 */
final class PostgresSequences {

    /** A serial column owns its sequence, an identity column depends on it. */
    private static final String OWNED = "SELECT d.objid::regclass FROM pg_catalog.pg_depend d"
            + " JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
            + " WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass"
            + " AND d.deptype IN ('a', 'i')";

    /** One that the column's default takes numbers from, whoever owns it. */
    private static final String USED = "SELECT d.refobjid::regclass FROM pg_catalog.pg_attrdef f"
            + " JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = f.oid"
            + " AND d.refclassid = 'pg_catalog.pg_class'::regclass"
            + " JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum WHERE true";

    private PostgresSequences() {}

    /** {@return the statement that lets the sequences of a column count as far as its type reaches} */
    static String retype(Table table, String column, String type) {
        return forEach(
                OWNED + of("d.refobjid", table, column) + " UNION " + USED + of("f.adrelid", table, column),
                "ALTER SEQUENCE ",
                " AS " + type);
    }

    /** {@return the statement that drops the sequences that a column owns} */
    static String drop(Table table, String column) {
        return forEach(OWNED + of("d.refobjid", table, column), "DROP SEQUENCE ", "");
    }

    private static String of(String relation, Table table, String column) {
        return " AND " + relation + " = " + text(quoted(table.name())) + "::regclass AND a.attname = " + text(column);
    }

    private static String forEach(String query, String before, String after) {
        return "DO $mooring$ DECLARE found regclass; BEGIN FOR found IN " + query + " LOOP EXECUTE '" + before
                + "' || found || '" + after + "'; END LOOP; END $mooring$";
    }
}
