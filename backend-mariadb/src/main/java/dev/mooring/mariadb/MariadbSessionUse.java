package dev.mooring.mariadb;

import dev.mooring.spi.FunctionCalls;
import dev.mooring.spi.SqlClauses;
import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.SqlSyntax;
import dev.mooring.spi.StatementTrait;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which statements depend on others of the same session or transaction, and which commit the transaction by themselves, as far as
 * their text shows it.
 */
final class MariadbSessionUse {

    /** What runs functions; in the others a function is part of a definition. */
    private static final Set<String> RUNNING = Set.of(
            "select", "insert", "update", "delete", "replace", "values", "with", "table", "do", "set", "explain",
            "analyze");

    private static final Set<String> READING_CALLS =
            Set.of("last_insert_id()", "row_count()", "found_rows()", "release_lock", "lastval");

    private static final Set<String> PREPARING_CALLS = Set.of("get_lock");

    /** What commits, whatever follows. */
    private static final Set<String> COMMITTING = Set.of(
            "alter",
            "create",
            "drop",
            "rename",
            "truncate",
            "grant",
            "revoke",
            "lock",
            "flush",
            "optimize",
            "repair",
            "install",
            "uninstall",
            "reset",
            "analyze",
            "check",
            "cache",
            "set");

    /** What belongs to the session and commits nothing, as the second word or behind OR REPLACE. */
    private static final Set<String> TEMPORARY = Set.of("temporary");

    private static final Set<String> BEFORE_KIND = Set.of("create", "or", "replace", "drop");

    private MariadbSessionUse() {}

    /** {@return the statement that {@code SET STATEMENT ... FOR} runs, by its words; any other as it is} */
    static SqlStatement run(SqlSyntax syntax, SqlStatement statement) {
        if (!statement.firstWord().equals("set") || !isForOne(statement.words())) {
            return statement;
        }
        List<String> tokens = syntax.plainTokens(statement.text());
        List<String> words = tokens.subList(tokens.indexOf("for") + 1, tokens.size()).stream()
                .dropWhile("("::equals)
                .takeWhile(token -> Character.isLetter(token.charAt(0)))
                .limit(SqlStatement.MAX_WORDS)
                .toList();
        return new SqlStatement(statement.text(), statement.start(), words);
    }

    static Set<StatementTrait> traits(SqlSyntax syntax, SqlStatement statement) {
        Set<StatementTrait> traits = EnumSet.noneOf(StatementTrait.class);
        String first = statement.firstWord();
        List<String> words = statement.words();
        if (first.equals("xa")) {
            return second(words).equals("start") || second(words).equals("begin")
                    ? Set.of(StatementTrait.BEGINS_TRANSACTION)
                    : Set.of(StatementTrait.ENDS_TRANSACTION);
        }
        if (commits(first, words)) {
            traits.add(StatementTrait.COMMITS_IMPLICITLY);
        }
        if (prepares(syntax, statement, first, words)) {
            traits.add(StatementTrait.PREPARES_SESSION);
        } else if (first.equals("set") && words.size() > 1 && words.get(1).equals("transaction")) {
            traits.add(StatementTrait.PREPARES_SESSION);
        } else if ((RUNNING.contains(first) || SqlClauses.fillsTable(syntax, statement))
                && reads(syntax, statement.text())) {
            traits.add(StatementTrait.READS_SESSION);
        }
        return traits;
    }

    private static boolean commits(String first, List<String> words) {
        if (!COMMITTING.contains(first) || (isTemporary(words) && !createsSequence(first, words))) {
            return false;
        }
        return switch (first) {
            // ANALYZE SELECT explains a statement; ANALYZE TABLE and CHECK TABLE are administration.
            case "analyze", "check" -> words.size() > 1 && (words.contains("table") || words.contains("view"));
            // SET PASSWORD and SET DEFAULT ROLE write into the tables of users.
            case "set" -> Set.of("password", "default").contains(second(words));
            default -> true;
        };
    }

    private static boolean prepares(SqlSyntax syntax, SqlStatement statement, String first, List<String> words) {
        return switch (first) {
            case "prepare", "handler", "use", "lock" -> true;
            case "flush" -> words.contains("lock") || words.contains("export");
            case "set" ->
                !isForOne(words)
                        && !Set.of("global", "password", "default", "role").contains(second(words));
            case "create" -> isTemporary(words);
            default ->
                RUNNING.contains(first)
                        && (!Collections.disjoint(FunctionCalls.in(syntax, statement.text()), PREPARING_CALLS)
                                || assigns(syntax, statement.text()));
        };
    }

    /** SET STATEMENT ... FOR ends with its statement. */
    private static boolean isForOne(List<String> words) {
        return second(words).equals("statement");
    }

    private static String second(List<String> words) {
        return words.size() > 1 ? words.get(1) : "";
    }

    private static boolean isTemporary(List<String> words) {
        return words.stream()
                .filter(word -> !BEFORE_KIND.contains(word))
                .findFirst()
                .filter(TEMPORARY::contains)
                .isPresent();
    }

    /** A sequence commits even if it is temporary. */
    private static boolean createsSequence(String first, List<String> words) {
        int kind = words.indexOf("temporary") + 1;
        return first.equals("create") && kind < words.size() && words.get(kind).equals("sequence");
    }

    /** {@return whether it gives a value to a variable of the user's: {@code SELECT ... INTO @total}, {@code @total := 1}} */
    private static boolean assigns(SqlSyntax syntax, String sql) {
        List<String> tokens = syntax.plainTokens(sql);
        for (int i = 0; i < tokens.size() - 1; i++) {
            boolean into = tokens.get(i).equals("into") && tokens.get(i + 1).equals("@");
            boolean assignment = tokens.get(i).equals(":") && tokens.get(i + 1).equals("=");
            if (into || (assignment && !isReadToo(tokens, i))) {
                return true;
            }
        }
        return false;
    }

    /** A variable that the same statement reads, such as a counter of rows, is for the statement itself. */
    private static boolean isReadToo(List<String> tokens, int assignment) {
        String name = assignment > 0 ? tokens.get(assignment - 1) : "";
        return Collections.frequency(tokens, name) > 1;
    }

    /** Also in the RETURNING of an INSERT, where the number is still that of the row before. */
    private static boolean reads(SqlSyntax syntax, String sql) {
        return !Collections.disjoint(FunctionCalls.in(syntax, sql), READING_CALLS);
    }
}
