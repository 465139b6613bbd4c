package dev.mooring.postgres;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The words and symbols of one statement.
 *
 * @param all its tokens but for blanks and comments, words in lower case, names without their quotes
 */
record PostgresStatementWords(List<String> all) {

    private static final Set<String> TEMPORARY = Set.of("temp", "temporary", "pg_temp");

    /** Keeps a copy. */
    PostgresStatementWords {
        all = List.copyOf(all);
    }

    static PostgresStatementWords of(String sql) {
        return new PostgresStatementWords(PostgresDialect.SYNTAX.plainTokens(sql));
    }

    boolean hasAny(Set<String> words) {
        return !Collections.disjoint(all, words);
    }

    boolean endsWith(String word) {
        return !all.isEmpty() && all.get(all.size() - 1).equals(word);
    }

    /** {@return whether it is a SELECT INTO of a temporary table} INSERT INTO fills one that is there, or one of that name. */
    boolean makesTemporary() {
        for (int into = all.indexOf("into"), i = into; into > 0 && i < all.size() - 2; i++) {
            if (all.get(i).equals("into")
                    && !all.get(i - 1).equals("insert")
                    && !all.get(i - 1).equals("merge")) {
                String next = all.get(i + 1);
                boolean noise = next.equals("local") || next.equals("global");
                return TEMPORARY.contains(noise ? all.get(i + 2) : next);
            }
        }
        return false;
    }

    /** {@return whether each {@code set_config} is for the transaction alone} A third argument that is no literal is not known. */
    boolean setsLocally() {
        for (int i = 0; i < all.size() - 1; i++) {
            if (all.get(i).equals("set_config") && all.get(i + 1).equals("(") && !isLastArgumentTrue(i + 2)) {
                return false;
            }
        }
        return true;
    }

    private boolean isLastArgumentTrue(int from) {
        int depth = 1;
        for (int i = from; i < all.size(); i++) {
            depth += all.get(i).equals("(") ? 1 : all.get(i).equals(")") ? -1 : 0;
            if (depth == 0) {
                return all.get(i - 1).equals("true")
                        || all.get(i - 1).equals("'true'")
                        || all.get(i - 1).equals("'t'");
            }
        }
        return false;
    }
}
