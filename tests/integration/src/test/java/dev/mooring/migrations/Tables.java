package dev.mooring.migrations;

import dev.mooring.Databases;
import java.util.List;

/** What a database says of its tables, as text to compare: ours with Django's. */
final class Tables {

    private static final String SQLITE = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS fact"
            + " FROM sqlite_master WHERE name <> 'sqlite_sequence' ORDER BY 1";

    private static final String SQLITE_COLUMNS = "SELECT m.name || ' ' || c.cid || ' ' || c.name || ' ' || c.type"
            + " || ' notnull=' || c.\"notnull\" || ' pk=' || c.pk || ' default=' || coalesce(c.dflt_value, 'none') AS fact"
            + " FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1";

    /** An identity column and a serial one are the same here: Django went from one to the other in 4.1. */
    private static final String POSTGRES_COLUMNS = "SELECT concat_ws(' ', table_name, lpad(ordinal_position::text, 2),"
            + " column_name, data_type, character_maximum_length, is_nullable,"
            + " CASE WHEN is_identity = 'YES' AND identity_generation = 'BY DEFAULT' OR column_default LIKE 'nextval(%'"
            + " THEN 'numbered by ' || coalesce(pg_get_serial_sequence(table_name, column_name), 'nothing')"
            + " ELSE coalesce(column_default, '') || is_identity END) AS fact"
            + " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1";

    private static final String POSTGRES_CONSTRAINTS = "SELECT concat_ws(' ', conrelid::regclass, conname,"
            + " pg_get_constraintdef(oid)) AS fact FROM pg_constraint"
            + " WHERE connamespace = 'public'::regnamespace ORDER BY 1";

    private static final String POSTGRES_INDEXES =
            "SELECT indexname || ' ' || indexdef AS fact FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1";

    private static final String POSTGRES_SEQUENCES = "SELECT sequencename || ' ' || data_type AS fact FROM pg_sequences"
            + " WHERE schemaname = 'public' ORDER BY 1";

    private static final String MARIADB_COLUMNS = "SELECT concat_ws(' ', table_name, lpad(ordinal_position, 2, ' '),"
            + " column_name, column_type, is_nullable, coalesce(column_default, 'none'), extra, collation_name) AS fact"
            + " FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position";

    private static final String MARIADB_KEYS =
            "SELECT concat_ws(' ', k.table_name, k.constraint_name, k.ordinal_position,"
                    + " k.column_name, k.referenced_table_name, k.referenced_column_name, r.delete_rule) AS fact"
                    + " FROM information_schema.key_column_usage k LEFT JOIN information_schema.referential_constraints r"
                    + " ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name"
                    + " AND r.table_name = k.table_name WHERE k.table_schema = DATABASE() ORDER BY 1";

    private static final String MARIADB_CHECKS =
            "SELECT concat_ws(' ', table_name, constraint_name, check_clause) AS fact"
                    + " FROM information_schema.check_constraints WHERE constraint_schema = DATABASE() ORDER BY 1";

    private static final String MARIADB_INDEXES =
            "SELECT concat_ws(' ', table_name, index_name, seq_in_index, column_name,"
                    + " non_unique, collation, index_type) AS fact FROM information_schema.statistics"
                    + " WHERE table_schema = DATABASE() ORDER BY 1";

    private static final List<String> ROWS = List.of(
            "SELECT id, app, name FROM django_migrations ORDER BY id",
            "SELECT id, app_label, model FROM django_content_type ORDER BY id",
            "SELECT id, content_type_id, codename, name FROM auth_permission ORDER BY id");

    private Tables() {}

    static List<String> facts(Databases databases) {
        List<String> queries = switch (databases.using("default").backend().engine()) {
            case "sqlite3" -> List.of(SQLITE, SQLITE_COLUMNS);
            case "mariadb" -> List.of(MARIADB_COLUMNS, MARIADB_KEYS, MARIADB_CHECKS, MARIADB_INDEXES);
            default -> List.of(POSTGRES_COLUMNS, POSTGRES_CONSTRAINTS, POSTGRES_INDEXES, POSTGRES_SEQUENCES);
        };
        return all(databases, queries);
    }

    /** But for the order of columns: SQLite's tables are built anew, and Django has the columns in another order then. */
    static List<String> factsInAnyOrder(Databases databases) {
        return facts(databases).stream()
                .filter(fact -> !fact.startsWith("[table "))
                .map(fact -> fact.replaceFirst("^(\\[\\w+) +\\d+ ", "$1 "))
                .sorted()
                .toList();
    }

    static List<String> rows(Databases databases) {
        return all(databases, ROWS);
    }

    private static List<String> all(Databases databases, List<String> queries) {
        return queries.stream()
                .flatMap(query -> databases.query(query).stream())
                .map(row -> row.values().toString())
                .toList();
    }
}
