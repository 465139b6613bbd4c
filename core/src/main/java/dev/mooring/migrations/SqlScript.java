package dev.mooring.migrations;

import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.SqlSyntax;
import dev.mooring.spi.SqlSyntax.Rule;
import dev.mooring.spi.SqlTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SQL of several statements, divided as the database divides it. What follows the line {@code -- reverse} undoes what
 * precedes; such a line counts between statements, and within one it is a comment.
 */
final class SqlScript {

    /** What a statement begins with and hardly ever goes on with. */
    private static final Set<String> BEGINNINGS = Set.of(
            "alter",
            "comment",
            "create",
            "delete",
            "drop",
            "grant",
            "insert",
            "merge",
            "replace",
            "revoke",
            "truncate",
            "update");

    private final SqlSource source;
    private final SqlTokens tokens;
    private final boolean carriageReturnEndsComment;
    private final List<SqlStatement> forwards = new ArrayList<>();
    private final List<SqlStatement> reverse = new ArrayList<>();
    private boolean reversible;
    /** Where the statement that is being read begins and ends so far; -1 between two. */
    private int start = -1;

    private int end;
    /** Where a line is within the statement that may have been meant to end it; -1 if nowhere. */
    private int doubtful = -1;

    private SqlScript(SqlSource source, SqlSyntax syntax) {
        this.source = source;
        this.tokens = syntax.tokens(source.text());
        this.carriageReturnEndsComment = syntax.has(Rule.CARRIAGE_RETURN_ENDS_COMMENT);
    }

    /**
     * {@return the script as a database with that syntax reads it}
     *
     * @throws BadMigrationException if something in it has no end, or is no SQL, naming the line
     */
    static SqlScript parse(SqlSource source, SqlSyntax syntax) {
        SqlScript script = new SqlScript(source, syntax);
        script.read();
        return script;
    }

    List<SqlStatement> forwards() {
        return List.copyOf(forwards);
    }

    /** {@return what undoes it; null if it does not say} */
    @Nullable
    List<SqlStatement> reverse() {
        return reversible ? List.copyOf(reverse) : null;
    }

    private void read() {
        while (tokens.next()) {
            requireClosed();
            if (tokens.endsStatement()) {
                endStatement();
            } else if (tokens.isCode()) {
                readCode();
            } else if (tokens.kind() == SqlTokens.Kind.COMMENT) {
                readComment();
            }
        }
        requireNoDoubt();
        endStatement();
    }

    private void readCode() {
        if (start < 0) {
            start = tokens.start();
            if (tokens.isSymbol('\\')) {
                throw wrong("this is a command of psql, not SQL; leave it out");
            }
        } else if (doubtful >= 0 && BEGINNINGS.stream().anyMatch(tokens::isWord)) {
            requireNoDoubt();
        }
        doubtful = -1;
        end = tokens.end();
        boolean client = tokens.isWord("stdin") || tokens.isWord("stdout");
        if (client && tokens.words().contains("copy") && tokens.words().get(0).equals("copy")) {
            throw wrong("COPY with " + tokens.token()
                    + " moves its rows beside the SQL, which a script cannot; write INSERT,"
                    + " have the server read a file, or copy in Java with Operations.run");
        }
    }

    private void readComment() {
        String comment = tokens.token();
        ReverseMarker marker = ReverseMarker.of(comment);
        boolean alone = source.isAlone(tokens.start(), tokens.end());
        if (start >= 0) {
            boolean like = marker == ReverseMarker.EXACT || marker == ReverseMarker.NEARLY;
            doubtful = like && alone && tokens.missing().isEmpty() ? tokens.start() : doubtful;
        } else if (marker == ReverseMarker.EXACT && alone) {
            mark();
        } else if (marker == ReverseMarker.EXACT || marker == ReverseMarker.NEARLY) {
            throw wrong("'" + comment
                    + "' is nearly the line that begins what undoes the migration; write '-- reverse' on a"
                    + " line of its own, or word the comment differently");
        } else if (marker == ReverseMarker.WITH_TEXT && alone) {
            throw wrong(
                    "this comment begins with the word 'reverse'; write just '-- reverse' if what follows undoes the"
                            + " migration, or word the comment differently");
        }
        requireLineFeed(comment);
    }

    private void requireLineFeed(String comment) {
        int at = comment.indexOf('\r');
        boolean hidden =
                comment.startsWith("--") && at >= 0 && !comment.substring(at).isBlank();
        if (hidden && !carriageReturnEndsComment) {
            throw wrong(
                    "in this database a carriage return does not end a comment, so that what follows it on this line would"
                            + " be left out; save the text with line feeds");
        }
    }

    private void requireNoDoubt() {
        if (doubtful >= 0) {
            throw source.wrong(
                    doubtful,
                    "the statement that begins on line " + source.line(start)
                            + " is not ended before this line; end it with a semicolon if what follows undoes the migration,"
                            + " or word the comment differently");
        }
    }

    private void requireClosed() {
        if (!tokens.isClosed()) {
            throw wrong("the " + opening() + " that begins here has no end");
        }
    }

    private String opening() {
        String token = tokens.token();
        return switch (tokens.kind()) {
            case COMMENT -> "comment /*";
            case STRING ->
                token.startsWith("$") ? "dollar quote " + token.substring(0, token.indexOf('$', 1) + 1) : "quote '";
            default -> "quote " + token.charAt(0);
        };
    }

    private void mark() {
        if (reversible) {
            throw wrong("there is a second '-- reverse'; leave one");
        }
        reversible = true;
    }

    private void endStatement() {
        if (start < 0) {
            return;
        }
        SqlStatement statement = new SqlStatement(source.text().substring(start, end), start, tokens.words());
        if (!tokens.missing().isEmpty()) {
            throw source.wrong(
                    start,
                    "the statement that begins here has " + tokens.missing() + "; it begins with: "
                            + SqlSource.beginning(statement));
        }
        (reversible ? reverse : forwards).add(statement);
        start = -1;
        doubtful = -1;
    }

    private BadMigrationException wrong(String what) {
        return source.wrong(tokens.start(), what);
    }
}
