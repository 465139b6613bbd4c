package dev.mooring.spi;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a database divides SQL into tokens and statements. Everything that has to look into a text asks this one value:
 * placeholders, session rules, scripts of migrations. Immutable.
 *
 * <p>Common to all are {@code '} and {@code "} with doubled quotes, comments from {@code --} to the end of the line and
 * from slash-star to star-slash, and statements that end at a semicolon outside parentheses. {@link Rule} has the rest.
 */
public final class SqlSyntax {

    /** What some databases have, and others read as something else. */
    public enum Rule {
        /** A comment within a comment has to be closed too. */
        NESTED_COMMENTS,
        /** A carriage return ends a comment that began with two hyphens, as a line feed does. */
        CARRIAGE_RETURN_ENDS_COMMENT,
        /** {@code $$text$$} and {@code $tag$text$tag$}. */
        DOLLAR_QUOTES,
        /** In {@code E'it\'s'} a backslash escapes, also where the text goes on after a line break. */
        ESCAPE_STRINGS,
        /** In {@code 'it\'s'} a backslash escapes, and in {@code "it\"s"} if that is a literal. */
        BACKSLASH_ESCAPES,
        /** {@code "text"} is a literal and no name. */
        DOUBLE_QUOTED_STRINGS,
        /** A comment may begin with {@code #}. */
        HASH_COMMENTS,
        /** Two hyphens begin a comment only where a blank, or the end, follows. */
        SPACE_AFTER_DASHES,
        /** What stands between {@code /*!} or {@code /*M!} and the end of that comment is run. */
        EXECUTABLE_COMMENTS,
        /** <code>`name`</code>. */
        BACKTICK_NAMES,
        /** {@code [name]}, which ends at the first closing bracket. */
        BRACKET_NAMES,
        /** {@code ?}, {@code ?1}, {@code :name}, {@code @name}, {@code #name} and {@code $name} are parameters. */
        NAMED_PARAMETERS,
        /** A byte order mark counts as a blank. */
        BYTE_ORDER_MARK_IS_SPACE,
        /** CREATE TRIGGER has statements between BEGIN and END. */
        TRIGGER_BODIES,
        /** CREATE FUNCTION and CREATE PROCEDURE may have statements between BEGIN ATOMIC and END. */
        ATOMIC_BODIES,
        /** Routines, triggers and events may have statements between BEGIN and END, and blocks within. */
        COMPOUND_BODIES
    }

    private static final SqlSyntax STANDARD = new SqlSyntax(EnumSet.noneOf(Rule.class));

    private final EnumSet<Rule> rules;

    private SqlSyntax(EnumSet<Rule> rules) {
        this.rules = rules;
    }

    /** {@return the syntax with none of the rules} */
    public static SqlSyntax standard() {
        return STANDARD;
    }

    /** {@return the syntax with exactly these rules} */
    public static SqlSyntax of(Rule... rules) {
        Set<Rule> given = Set.of(rules);
        return given.isEmpty() ? STANDARD : new SqlSyntax(EnumSet.copyOf(given));
    }

    /** {@return whether it has this rule} */
    public boolean has(Rule rule) {
        return rules.contains(rule);
    }

    /** {@return the tokens of {@code sql}, to be read once, by one thread} */
    public SqlTokens tokens(String sql) {
        return new SqlTokens(this, requireNonNull(sql, "sql"));
    }

    /**
     * {@return the statements of {@code sql}, divided where the database divides them; none for a text of blanks, comments and
     * semicolons} Nothing is refused: a statement that lacks something goes to the end of the text.
     */
    public List<SqlStatement> statements(String sql) {
        List<SqlStatement> statements = new ArrayList<>();
        SqlTokens tokens = tokens(sql);
        int start = -1;
        int end = 0;
        while (tokens.next()) {
            if (tokens.endsStatement()) {
                add(sql, start, end, tokens, statements);
                start = -1;
            } else if (tokens.isCode()) {
                start = start < 0 ? tokens.start() : start;
                end = tokens.end();
            }
        }
        add(sql, start, end, tokens, statements);
        return List.copyOf(statements);
    }

    /** {@return the tokens of {@code sql} but for blanks and comments: words in lower case, names without their quotes} */
    public List<String> plainTokens(String sql) {
        List<String> plain = new ArrayList<>();
        SqlTokens tokens = tokens(sql);
        while (tokens.next()) {
            String token = tokens.token();
            if (tokens.kind() == SqlTokens.Kind.WORD) {
                plain.add(token.toLowerCase(Locale.ROOT));
            } else if (tokens.kind() == SqlTokens.Kind.QUOTED_NAME) {
                plain.add(token.substring(1, Math.max(1, token.length() - 1)));
            } else if (tokens.isCode()) {
                plain.add(token);
            }
        }
        return plain;
    }

    /** {@return whether {@code sql} holds anything but blanks, comments and semicolons} */
    public boolean hasStatement(String sql) {
        SqlTokens tokens = tokens(sql);
        while (tokens.next()) {
            if (tokens.isCode() && !tokens.endsStatement()) {
                return true;
            }
        }
        return false;
    }

    private static void add(String sql, int start, int end, SqlTokens tokens, List<SqlStatement> statements) {
        if (start >= 0) {
            statements.add(new SqlStatement(sql.substring(start, end), start, tokens.words()));
        }
    }
}
