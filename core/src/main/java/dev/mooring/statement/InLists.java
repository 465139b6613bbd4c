package dev.mooring.statement;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.Dialect;
import dev.mooring.spi.SqlTokens;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a statement whose parameter behind {@code IN} is a list as the database takes it: {@code IN %s} and
 * {@code IN (%s)} become a placeholder for each element, or the comparison with an array. For one statement.
 */
public final class InLists {

    /** A statement and its parameters by position; a list that is left among them is bound as one parameter. */
    public record Statement(String sql, List<@Nullable Object> parameters) {
        public @Nullable Object[] array() {
            return parameters.toArray();
        }
    }

    private final String sql;
    private final @Nullable Object[] given;
    private final Dialect dialect;
    private final String alias;
    /** Whether what stands behind IN without parentheses has to be a list: {@link SqlText#takesList}. */
    private final boolean takesList;

    private final SqlTokens tokens;
    private final StringBuilder out;
    private final List<@Nullable Object> values = new ArrayList<>();
    private int position;

    /** Where NOT begins in {@link #out}, if it was the last word; else -1. */
    private int not = -1;
    /** Where IN or NOT IN begins in {@link #out}, if nothing but a parenthesis stands between it and what comes; else -1. */
    private int in = -1;

    private boolean negated;
    private boolean inParentheses;

    private InLists(String sql, @Nullable Object[] given, Dialect dialect, String alias, boolean takesList) {
        this.sql = sql;
        this.given = given;
        this.dialect = dialect;
        this.alias = alias;
        this.takesList = takesList;
        this.tokens = dialect.syntax().tokens(sql);
        this.out = new StringBuilder(sql.length() + 64);
    }

    /** {@return whether a list is among the parameters} */
    static boolean isAmong(@Nullable Object[] parameters) {
        for (Object parameter : parameters) {
            if (parameter instanceof Collection
                    || (parameter instanceof Map<?, ?> named
                            && named.values().stream().anyMatch(Collection.class::isInstance))) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return {@code sql} with each list behind IN written out} Its parameters are known to be as many as it takes.
     *
     * @throws dev.mooring.error.ProgrammingException if something else is given for a placeholder behind IN without parentheses
     */
    static Statement expand(
            String sql, @Nullable Object[] parameters, Dialect dialect, String alias, boolean takesList) {
        return new InLists(sql, parameters, dialect, alias, takesList).expand();
    }

    private Statement expand() {
        while (tokens.next()) {
            int at = tokens.start();
            if (tokens.isSymbol('%') && sql.startsWith("%%", at)) {
                copyTo(at + 2);
            } else if (tokens.isSymbol('%') && sql.startsWith("%s", at)) {
                placeholder(given[position++], String.valueOf(position), at + 2);
            } else if (tokens.isSymbol('%')) {
                int end = sql.indexOf(")s", at);
                String name = sql.substring(at + 2, end);
                placeholder(named(name), "'" + name + "'", end + 2);
            } else {
                noteIn();
                copyTo(tokens.end());
            }
        }
        return new Statement(out.toString(), values);
    }

    private @Nullable Object named(String name) {
        return given[0] instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private void copyTo(int end) {
        out.append(sql, tokens.start(), end);
        tokens.skipTo(end);
    }

    /** Keeps track of whether what comes next stands behind IN. */
    private void noteIn() {
        if (!tokens.isCode()) {
            return;
        }
        if (tokens.isWord("in")) {
            negated = not >= 0;
            in = negated ? not : out.length();
            inParentheses = false;
        } else if (tokens.isSymbol('(') && in >= 0 && !inParentheses) {
            inParentheses = true;
        } else {
            in = -1;
        }
        not = tokens.isWord("not") ? out.length() : -1;
    }

    private void placeholder(@Nullable Object value, String name, int end) {
        int after = value instanceof Collection ? endOfList(end) : -1;
        if (value instanceof Collection<?> list && after >= 0) {
            list(list);
            tokens.skipTo(after);
        } else {
            requireParentheses(value, name);
            out.append("%s");
            values.add(value);
            tokens.skipTo(end);
        }
        in = -1;
        not = -1;
    }

    private void requireParentheses(@Nullable Object value, String name) {
        if (takesList && in >= 0 && !inParentheses) {
            throw ErrorKind.PROGRAMMING.exception(
                    ("Parameter %s stands behind IN and is %s: give a List or a Set, or write IN (%%s) for a single value;"
                                    + " statement on database '%s': %s")
                            .formatted(
                                    name,
                                    value == null
                                            ? "null"
                                            : "of type " + value.getClass().getTypeName(),
                                    alias,
                                    ErrorTranslator.shortened(sql)));
        }
    }

    private void list(Collection<?> list) {
        out.setLength(in);
        out.append(dialect.inList(negated, list.size()));
        Collection<?> parameter = dialect.inListParameter(list);
        if (parameter != null) {
            values.add(parameter);
        } else {
            values.addAll(list);
        }
    }

    /** {@return where the list ends whose only placeholder ends at {@code end}; -1 if that is no list behind IN} */
    private int endOfList(int end) {
        if (in < 0 || !inParentheses) {
            return in < 0 ? -1 : end;
        }
        tokens.skipTo(end);
        while (tokens.next()) {
            if (tokens.isCode()) {
                return tokens.isSymbol(')') ? tokens.end() : -1;
            }
        }
        return -1;
    }
}
