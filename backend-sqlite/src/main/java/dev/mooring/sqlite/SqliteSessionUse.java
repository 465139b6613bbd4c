package dev.mooring.sqlite;

import dev.mooring.spi.FunctionCalls;
import dev.mooring.spi.SqlClauses;
import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.StatementTrait;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which statements depend on others of the same connection or transaction, as far as their text shows it. */
final class SqliteSessionUse {

    /** What runs functions; in the others a function is part of a definition. */
    private static final Set<String> RUNNING =
            Set.of("select", "insert", "replace", "update", "delete", "values", "with", "explain");

    /** What reads what an earlier statement of the connection has left. */
    private static final Set<String> READING_CALLS = Set.of("last_insert_rowid()", "changes()", "total_changes()");

    /** Pragmas that a value is given to for the connection alone. The others are kept in the file, or set nothing. */
    private static final Set<String> SESSION_PRAGMAS = Set.of(
            "analysis_limit",
            "automatic_index",
            "busy_timeout",
            "cache_size",
            "cache_spill",
            "case_sensitive_like",
            "cell_size_check",
            "checkpoint_fullfsync",
            "count_changes",
            "empty_result_callbacks",
            "foreign_keys",
            "full_column_names",
            "fullfsync",
            "ignore_check_constraints",
            "journal_size_limit",
            "legacy_alter_table",
            "locking_mode",
            "max_page_count",
            "mmap_size",
            "page_size",
            "query_only",
            "read_uncommitted",
            "recursive_triggers",
            "reverse_unordered_selects",
            "secure_delete",
            "short_column_names",
            "synchronous",
            "temp_store",
            "threads",
            "trusted_schema",
            "wal_autocheckpoint",
            "writable_schema");

    /** The journal modes that a file does not keep. */
    private static final Set<String> SESSION_JOURNALS = Set.of("memory", "off", "persist", "truncate");

    private SqliteSessionUse() {}

    static Set<StatementTrait> traits(SqlStatement statement) {
        String first = statement.firstWord();
        return switch (first) {
            case "attach" -> Set.of(StatementTrait.PREPARES_SESSION);
            case "pragma" -> ofPragma(SqliteDialect.SYNTAX.plainTokens(statement.text()));
            case "create" -> ofCreate(statement);
            default -> RUNNING.contains(first) ? ofRunning(statement.text()) : Set.of();
        };
    }

    private static Set<StatementTrait> ofPragma(List<String> tokens) {
        int name = tokens.size() > 2 && tokens.get(2).equals(".") ? 3 : 1;
        boolean sets = tokens.size() > name + 2 && Set.of("=", "(").contains(tokens.get(name + 1));
        if (!sets) {
            return Set.of();
        }
        if (tokens.get(name).equals("defer_foreign_keys")) {
            return Set.of(StatementTrait.NEEDS_TRANSACTION);
        }
        boolean journal = tokens.get(name).equals("journal_mode") && SESSION_JOURNALS.contains(tokens.get(name + 2));
        return journal || SESSION_PRAGMAS.contains(tokens.get(name))
                ? Set.of(StatementTrait.PREPARES_SESSION)
                : Set.of();
    }

    private static Set<StatementTrait> ofCreate(SqlStatement statement) {
        List<String> words = statement.words();
        if ((words.size() > 1 && words.get(1).startsWith("temp"))
                || isInTemporary(SqliteDialect.SYNTAX.plainTokens(statement.text()))) {
            return Set.of(StatementTrait.PREPARES_SESSION);
        }
        return SqlClauses.fillsTable(SqliteDialect.SYNTAX, statement) ? ofRunning(statement.text()) : Set.of();
    }

    /** {@return whether the name of what is created has the schema {@code temp}} */
    private static boolean isInTemporary(List<String> tokens) {
        int name = 1;
        while (name < tokens.size()
                && Set.of("table", "view", "trigger", "index", "unique", "virtual", "if", "not", "exists")
                        .contains(tokens.get(name))) {
            name++;
        }
        return tokens.size() > name + 1
                && tokens.get(name).equals("temp")
                && tokens.get(name + 1).equals(".");
    }

    private static Set<StatementTrait> ofRunning(String sql) {
        Set<String> calls = FunctionCalls.in(SqliteDialect.SYNTAX, sql);
        if (calls.contains("load_extension")) {
            return Set.of(StatementTrait.PREPARES_SESSION);
        }
        Set<String> reading = new HashSet<>(calls);
        reading.retainAll(READING_CALLS);
        if (isOfOwnRow(sql)) {
            // changes() counts no sooner than at the end of the statement.
            reading.remove("last_insert_rowid()");
        }
        return reading.isEmpty() ? Set.of() : Set.of(StatementTrait.READS_SESSION);
    }

    /** {@return whether the number is asked for in the RETURNING of an INSERT alone} One that updates its row instead sets none. */
    private static boolean isOfOwnRow(String sql) {
        return Collections.indexOfSubList(SqliteDialect.SYNTAX.plainTokens(sql), List.of("do", "update")) < 0
                && Collections.disjoint(
                        FunctionCalls.beforeInserted(SqliteDialect.SYNTAX, sql), Set.of("last_insert_rowid()"));
    }
}
