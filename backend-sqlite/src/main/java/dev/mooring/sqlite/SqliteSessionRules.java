package dev.mooring.sqlite;

import dev.mooring.spi.Connector;
import dev.mooring.spi.SessionRules;
import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.StatementTrait;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a connection to SQLite remembers: pragmas, attached files, temporary tables, loaded extensions. It cannot be
 * wiped in full, and opening another costs little, so one with traces is closed. Only where the data would go with it, in
 * memory, is wiped what can be.
 */
final class SqliteSessionRules implements SessionRules {

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

    /** What a WITH that writes has in it. */
    private static final Set<String> WRITING_WORDS = Set.of("insert", "update", "delete", "replace");

    private final Connector connector;
    private final SessionRules harmless = SessionRules.byWords(SqliteDialect.SYNTAX, harmless());
    private final SessionRules reading = SessionRules.byWords(SqliteDialect.SYNTAX, reading());

    SqliteSessionRules(Connector connector) {
        this.connector = connector;
    }

    @Override
    public boolean reset(Connection connection) throws SQLException {
        if (!connector.isInMemory()) {
            return false;
        }
        SqliteMemorySession.reset(connection, connector);
        return true;
    }

    @Override
    public Set<StatementTrait> traits(SqlStatement statement) {
        Set<StatementTrait> traits = harmless.traits(statement);
        if (!traits.isEmpty()) {
            return traits;
        }
        return SqliteSessionUse.traits(statement);
    }

    @Override
    public boolean leavesSessionAlone(String sql) {
        return harmless.leavesSessionAlone(sql);
    }

    /** No for what certainly only reads, temporary tables and all: such a statement needs no write lock. */
    @Override
    public boolean mayWrite(String sql) {
        return !reading.leavesSessionAlone(sql);
    }

    private static Map<String, Set<String>> reading() {
        Map<String, Set<String>> reading = new HashMap<>();
        List.of("select", "values", "explain").forEach(word -> reading.put(word, Set.of()));
        reading.put("with", WRITING_WORDS);
        READING_PRAGMAS.forEach(pragma -> reading.put("pragma " + pragma, Set.of()));
        // These set something in the connection and touch no file.
        List.of("foreign_keys", "busy_timeout", "query_only", "cache_size")
                .forEach(pragma -> reading.put("pragma " + pragma, Set.of()));
        return reading;
    }

    private static Map<String, Set<String>> harmless() {
        Map<String, Set<String>> harmless = new HashMap<>();
        HARMLESS.forEach(word -> harmless.put(word, Set.of("load_extension")));
        // SQLite sets most pragmas while it prepares the statement.
        harmless.put("explain", Set.of("load_extension", "pragma"));
        DDL.forEach(word -> harmless.put(word, Set.of("temp", "temporary", "load_extension")));
        READING_PRAGMAS.forEach(pragma -> harmless.put("pragma " + pragma, Set.of()));
        return harmless;
    }
}
