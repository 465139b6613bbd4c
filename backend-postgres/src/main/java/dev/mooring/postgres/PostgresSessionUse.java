package dev.mooring.postgres;

import dev.mooring.spi.FunctionCalls;
import dev.mooring.spi.SqlClauses;
import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.StatementTrait;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Which statements depend on others of the same session or transaction, as far as their text shows it. */
final class PostgresSessionUse {

    /** What runs functions; in the others a function is part of a definition. */
    private static final Set<String> RUNNING =
            Set.of("select", "insert", "update", "delete", "merge", "values", "with", "table", "explain", "copy");

    private static final Set<String> MAKING = Set.of("prepare", "listen", "declare", "load");
    private static final Set<String> OF_TRANSACTION = Set.of("local", "transaction", "constraints");
    private static final Set<String> TEMPORARY = Set.of("temp", "temporary");
    private static final Set<String> BEFORE_TEMPORARY = Set.of("create", "or", "replace", "local", "global");
    private static final Set<String> WRITING = Set.of("insert", "update", "delete", "merge");

    /** After these, what reads the session reads what the statement itself has made. */
    private static final Set<String> SEQUENCE_CALLS = Set.of("nextval", "setval");

    private static final Set<String> READING_CALLS =
            Set.of("lastval()", "currval", "pg_advisory_unlock", "pg_advisory_unlock_shared");

    private static final Set<String> PREPARING_CALLS = Set.of(
            "pg_advisory_lock",
            "pg_advisory_lock_shared",
            "pg_try_advisory_lock",
            "pg_try_advisory_lock_shared",
            "pg_replication_origin_session_setup",
            "dblink_connect",
            "dblink_connect_u",
            "dblink_open",
            "set_limit",
            // Extensions may have a schema of their own.
            ".dblink_connect",
            ".dblink_connect_u",
            ".dblink_open",
            ".set_limit");

    private static final Set<String> TRANSACTION_CALLS = Set.of(
            "pg_advisory_xact_lock",
            "pg_advisory_xact_lock_shared",
            "pg_try_advisory_xact_lock",
            "pg_try_advisory_xact_lock_shared");

    private PostgresSessionUse() {}

    static Set<StatementTrait> traits(SqlStatement statement) {
        List<String> words = statement.words();
        String first = statement.firstWord();
        if (first.equals("set")) {
            return ofSet(words.size() > 1 ? words.get(1) : "", statement.text());
        }
        if (MAKING.contains(first)
                || (first.equals("create") && isTemporary(words))
                || (first.equals("update") && words.contains("pg_settings"))) {
            return Set.of(StatementTrait.PREPARES_SESSION);
        }
        return RUNNING.contains(first) || SqlClauses.fillsTable(PostgresDialect.SYNTAX, statement)
                ? ofRunning(statement)
                : Set.of();
    }

    private static Set<StatementTrait> ofSet(String what, String sql) {
        if (!OF_TRANSACTION.contains(what)) {
            return Set.of(StatementTrait.PREPARES_SESSION);
        }
        // Where there is no transaction, all constraints are immediate.
        return what.equals("constraints") && PostgresStatementWords.of(sql).endsWith("immediate")
                ? Set.of()
                : Set.of(StatementTrait.NEEDS_TRANSACTION);
    }

    /** Elsewhere in the text the words may be names. */
    private static boolean isTemporary(List<String> words) {
        return words.contains("pg_temp")
                || words.stream()
                        .filter(word -> !BEFORE_TEMPORARY.contains(word))
                        .findFirst()
                        .filter(TEMPORARY::contains)
                        .isPresent();
    }

    private static Set<StatementTrait> ofRunning(SqlStatement statement) {
        String sql = statement.text();
        Set<String> calls = FunctionCalls.in(PostgresDialect.SYNTAX, sql);
        PostgresStatementWords words = PostgresStatementWords.of(sql);
        if (words.makesTemporary()
                || !Collections.disjoint(calls, PREPARING_CALLS)
                || (calls.contains("set_config") && !words.setsLocally())
                || (calls.contains("setseed") && !calls.contains("random()"))) {
            return Set.of(StatementTrait.PREPARES_SESSION);
        }
        // A change, or a query that has other things to do besides, may be all that the lock or the setting is for.
        boolean locks = !Collections.disjoint(calls, TRANSACTION_CALLS) && !words.hasAny(WRITING);
        boolean sets = calls.contains("set_config") && !words.hasAny(Set.of("from"));
        if (locks || sets) {
            return Set.of(StatementTrait.NEEDS_TRANSACTION);
        }
        return reads(sql) ? Set.of(StatementTrait.READS_SESSION) : Set.of();
    }

    private static boolean reads(String sql) {
        Set<String> calls = FunctionCalls.beforeInserted(PostgresDialect.SYNTAX, sql);
        return !Collections.disjoint(calls, READING_CALLS) && Collections.disjoint(calls, SEQUENCE_CALLS);
    }
}
