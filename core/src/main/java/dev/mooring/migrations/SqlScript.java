package dev.mooring.migrations;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SQL of several statements, taken apart at the semicolons between them: not at those in quotes, dollar quotes, comments,
 * parentheses, and the bodies of triggers and functions. What follows the line {@code -- reverse} undoes what precedes.
 */
final class SqlScript {

    private static final Set<String> TRANSACTION =
            Set.of("begin", "commit", "rollback", "start", "end", "savepoint", "release", "abort");

    private final SqlScanner scanner;
    private final String source;
    private final List<SqlStatement> forwards = new ArrayList<>();
    private final List<SqlStatement> reverse = new ArrayList<>();
    private boolean reversible;
    /** Where the statement that is being read begins; -1 between two. */
    private int start = -1;

    private SqlScript(String source, String text) {
        this.source = source;
        this.scanner = new SqlScanner(source, text);
        read();
    }

    /**
     * {@return the script}
     *
     * @param source what errors call it: a file
     * @throws BadMigrationException if something in it has no end, naming the line
     */
    static SqlScript parse(String source, String text) {
        return new SqlScript(requireNonNull(source, "source"), requireNonNull(text, "text"));
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
        SqlBody body = new SqlBody();
        while (scanner.next()) {
            switch (scanner.kind()) {
                case SPACE -> {}
                case COMMENT -> {
                    if (isMarker(scanner.token())) {
                        end(scanner.start(), body);
                        body = new SqlBody();
                        mark();
                    }
                }
                default -> {
                    if (start < 0 && !scanner.token().equals(";")) {
                        start = scanner.start();
                    }
                    if (body.ends(scanner.token(), scanner.kind() == SqlScanner.Kind.WORD)) {
                        end(scanner.start(), body);
                        body = new SqlBody();
                    }
                }
            }
        }
        end(scanner.start(), body);
    }

    private static boolean isMarker(String comment) {
        return comment.startsWith("--")
                && comment.substring(2).strip().toLowerCase(Locale.ROOT).equals("reverse");
    }

    private void mark() {
        if (reversible) {
            throw new BadMigrationException(
                    source + ":" + scanner.line(scanner.start()) + ": there is a second '-- reverse'; leave one");
        }
        reversible = true;
    }

    private void end(int end, SqlBody body) {
        if (start < 0) {
            return;
        }
        int line = scanner.line(start);
        String sql = scanner.text(start, end).strip();
        start = -1;
        if (body.isOpen()) {
            throw new BadMigrationException(source + ":" + line + ": the statement that begins here has "
                    + body.missing() + "; it begins with: " + firstWords(sql));
        }
        String first = sql.split("\\W", 2)[0].toLowerCase(Locale.ROOT);
        if (TRANSACTION.contains(first)) {
            throw new BadMigrationException(
                    source + ":" + line + ": " + firstWords(sql)
                            + ": a migration runs in a transaction of its own; to have none, write '-- atomic: false' at the top");
        }
        (reversible ? reverse : forwards).add(new SqlStatement(sql, source, line));
    }

    private static String firstWords(String sql) {
        int most = 40;
        String line = sql.lines().findFirst().orElse("");
        return line.length() <= most ? line : line.substring(0, most) + "...";
    }
}
