package dev.mooring.sqlite;

import dev.mooring.spi.SessionRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a connection to SQLite remembers: pragmas, attached files, temporary tables, loaded extensions. It cannot be
 * wiped, and opening another costs little, so one with traces is closed.
 */
final class SqliteSessionRules {

    private static final List<String> HARMLESS = List.of(
            "select", "insert", "update", "delete", "values", "with", "replace", "explain", "analyze", "reindex",
            "vacuum");
    private static final List<String> DDL = List.of("create", "alter", "drop");
    private static final List<String> READING_PRAGMAS = List.of(
            "table_info",
            "table_xinfo",
            "table_list",
            "index_list",
            "index_info",
            "index_xinfo",
            "foreign_key_list",
            "foreign_key_check",
            "integrity_check",
            "quick_check",
            "database_list",
            "collation_list",
            "function_list",
            "compile_options",
            "page_count",
            "freelist_count");

    private SqliteSessionRules() {}

    static SessionRules rules() {
        Map<String, Set<String>> harmless = new HashMap<>();
        HARMLESS.forEach(word -> harmless.put(word, Set.of("load_extension")));
        DDL.forEach(word -> harmless.put(word, Set.of("temp", "temporary", "load_extension")));
        READING_PRAGMAS.forEach(pragma -> harmless.put("pragma " + pragma, Set.of()));
        return SessionRules.byWords(harmless);
    }
}
