package dev.mooring.sqlite;

import dev.mooring.schema.SqlToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code CREATE TABLE} statement, as far as SQLite tells of constraints nowhere else: their names, checks and
 * collations. Immutable.
 */
final class SqliteTableStatement {

    /** One column or one constraint: what stands between two commas. */
    private record Definition(List<SqlToken> tokens) {}

    /**
     * A constraint as it was written.
     *
     * @param name null if it has none
     * @param check whether it is a check, or else unique
     * @param columns those it names; in a check each time that it does
     */
    record Written(@Nullable String name, boolean check, List<String> columns) {}

    private final String text;
    private final List<Definition> definitions;

    private SqliteTableStatement(String text, List<Definition> definitions) {
        this.text = text;
        this.definitions = definitions;
    }

    static SqliteTableStatement parse(String text) {
        List<SqlToken> tokens = SqlToken.of(text);
        List<Definition> definitions = new ArrayList<>();
        List<SqlToken> current = new ArrayList<>();
        int depth = 0;
        for (SqlToken token : tokens) {
            depth -= token.is(")") ? 1 : 0;
            if ((depth == 1 && token.is(",")) || (depth == 0 && token.is(")"))) {
                definitions.add(new Definition(List.copyOf(current)));
                current.clear();
            } else if (depth > 0) {
                current.add(token);
            }
            depth += token.is("(") ? 1 : 0;
        }
        return new SqliteTableStatement(text, definitions);
    }

    String text() {
        return text;
    }

    @Nullable
    String collation(String column) {
        for (Definition definition : definitions) {
            List<SqlToken> tokens = definition.tokens();
            int at = indexOf(tokens, "COLLATE");
            if (at > 0 && at + 1 < tokens.size() && tokens.get(0).text().equalsIgnoreCase(column)) {
                return tokens.get(at + 1).text();
            }
        }
        return null;
    }

    /** {@return the unique constraints and checks, in order; each definition has at most one of each, as for Django} */
    List<Written> constraints(List<String> columns) {
        List<Written> found = new ArrayList<>();
        for (Definition definition : definitions) {
            List<SqlToken> tokens = definition.tokens();
            int named = indexOf(tokens, "CONSTRAINT");
            String name = named < 0 ? null : tokens.get(named + 1).text();
            int unique = indexOf(tokens, "UNIQUE");
            if (unique >= 0) {
                boolean ofColumn = unique > 0 && named != 0;
                found.add(new Written(
                        name, false, ofColumn ? List.of(tokens.get(0).text()) : inside(tokens, unique, columns)));
            }
            int check = indexOf(tokens, "CHECK");
            if (check >= 0) {
                found.add(new Written(name, true, inside(tokens, check, columns)));
            }
        }
        return found;
    }

    private static List<String> inside(List<SqlToken> tokens, int from, List<String> columns) {
        List<String> names = new ArrayList<>();
        int depth = 0;
        for (SqlToken token : tokens.subList(from + 1, tokens.size())) {
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0) {
                break;
            }
            if (token.isName() && columns.contains(token.text())) {
                names.add(token.text());
            }
        }
        return names;
    }

    private static int indexOf(List<SqlToken> tokens, String word) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0 && tokens.get(i).is(word)) {
                return i;
            }
        }
        return -1;
    }
}
