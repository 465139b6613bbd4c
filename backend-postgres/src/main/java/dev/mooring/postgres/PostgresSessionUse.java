package dev.mooring.postgres;

import dev.mooring.spi.FunctionCalls;
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

    private static final Set<String> MAKING = Set.of("prepare", "listen", "declare");
    private static final Set<String> TEMPORARY = Set.of("temp", "temporary");
    private static final Set<String> BEFORE_TEMPORARY = Set.of("create", "or", "replace", "local", "global");
    private static final Set<String> SEQUENCE_CALLS = Set.of("nextval", "setval");

    private static final Set<String> READING_CALLS =
            Set.of("lastval()", "currval", "pg_advisory_unlock", "pg_advisory_unlock_shared");

    private static final Set<String> LOCKING_CALLS = Set.of(
            "pg_advisory_lock", "pg_advisory_lock_shared", "pg_try_advisory_lock", "pg_try_advisory_lock_shared");

    private static final Set<String> TRANSACTION_CALLS =
            Set.of("pg_advisory_xact_lock", "pg_advisory_xact_lock_shared");

    private PostgresSessionUse() {}

    static Set<StatementTrait> traits(SqlStatement statement) {
        List<String> words = statement.words();
        String first = statement.firstWord();
        if (RUNNING.contains(first)) {
            return ofCalls(statement.text());
        }
        if (MAKING.contains(first) || (first.equals("create") && isTemporary(words))) {
            return Set.of(StatementTrait.PREPARES_SESSION);
        }
        boolean ofTransaction = first.equals("set")
                && words.size() > 1
                && Set.of("local", "transaction").contains(words.get(1));
        return ofTransaction ? Set.of(StatementTrait.NEEDS_TRANSACTION) : Set.of();
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

    private static Set<StatementTrait> ofCalls(String sql) {
        Set<String> calls = FunctionCalls.in(PostgresDialect.SYNTAX, sql);
        if (!Collections.disjoint(calls, LOCKING_CALLS)) {
            return Set.of(StatementTrait.PREPARES_SESSION);
        }
        if (!Collections.disjoint(calls, TRANSACTION_CALLS)) {
            return Set.of(StatementTrait.NEEDS_TRANSACTION);
        }
        // What it reads may be what it has made itself.
        return !Collections.disjoint(calls, READING_CALLS) && Collections.disjoint(calls, SEQUENCE_CALLS)
                ? Set.of(StatementTrait.READS_SESSION)
                : Set.of();
    }
}
