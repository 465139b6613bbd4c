package dev.mooring.migrations;

import dev.mooring.Database;
import dev.mooring.spi.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The transactions in a script. A migration that is atomic has its own, so a script has none; one that is not may have
 * statements between BEGIN and COMMIT, which are then run in {@code atomic}.
 */
final class ScriptTransactions {

    private static final Set<String> CONTROL =
            Set.of("begin", "commit", "rollback", "start", "end", "savepoint", "release", "abort");
    private static final Set<String> PLAIN =
            Set.of("begin", "start", "commit", "end", "work", "transaction", "deferred", "immediate", "exclusive");

    private ScriptTransactions() {}

    /**
     * Makes sure that what the statements do to transactions fits the migration.
     *
     * @throws BadMigrationException if not, naming the line
     */
    static void check(SqlSource source, Migration migration, List<SqlStatement> statements) {
        boolean open = false;
        for (SqlStatement statement : statements) {
            if (!controls(statement)) {
                continue;
            }
            if (migration.isAtomic()) {
                throw wrong(
                        source,
                        statement,
                        "a migration runs in a transaction of its own; to have none, write"
                                + " '-- atomic: false' at the top, or nonAtomic() in Java");
            }
            boolean fits = isPlain(statement) && (open ? commits(statement) : begins(statement));
            if (!fits) {
                throw wrong(
                        source,
                        statement,
                        "in a migration that is not atomic write BEGIN and COMMIT in pairs, and no other"
                                + " statement about transactions; what fails between them is rolled back by itself");
            }
            open = !open;
        }
        if (open) {
            throw wrong(
                    source,
                    statements.get(statements.size() - 1),
                    "there is a BEGIN before this statement without a COMMIT after it");
        }
    }

    /** Runs the statements, those between BEGIN and COMMIT in a transaction. */
    static void run(Database database, List<SqlStatement> statements, Consumer<SqlStatement> runner) {
        List<SqlStatement> block = new ArrayList<>();
        boolean open = false;
        for (SqlStatement statement : statements) {
            if (!controls(statement)) {
                if (open) {
                    block.add(statement);
                } else {
                    runner.accept(statement);
                }
                continue;
            }
            if (open) {
                database.atomic(() -> block.forEach(runner));
                block.clear();
            }
            open = !open;
        }
    }

    private static boolean controls(SqlStatement statement) {
        return CONTROL.contains(statement.firstWord())
                || (statement.firstWord().equals("prepare") && statement.words().contains("transaction"));
    }

    private static boolean begins(SqlStatement statement) {
        return statement.firstWord().equals("begin") || statement.firstWord().equals("start");
    }

    private static boolean commits(SqlStatement statement) {
        return statement.firstWord().equals("commit") || statement.firstWord().equals("end");
    }

    private static boolean isPlain(SqlStatement statement) {
        return PLAIN.containsAll(statement.words())
                && statement.text().chars().allMatch(c -> Character.isLetter(c) || Character.isWhitespace(c));
    }

    private static BadMigrationException wrong(SqlSource source, SqlStatement statement, String what) {
        return source.wrong(statement.start(), SqlSource.beginning(statement) + ": " + what);
    }
}
