package dev.mooring.spi;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges a statement by its words, in one pass and without parsing it: every doubt is answered with no. */
final class WordSessionRules implements SessionRules {

    private final SqlSyntax syntax;
    private final Map<String, WordSet> suspects;

    WordSessionRules(SqlSyntax syntax, Map<String, Set<String>> harmless) {
        this.syntax = syntax;
        suspects = harmless.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> new WordSet(entry.getValue())));
    }

    @Override
    public boolean leavesSessionAlone(String sql) {
        SqlTokens tokens = syntax.tokens(sql);
        String first = nextWord(tokens);
        @Nullable WordSet suspect = suspects.get(first);
        if (suspect == null && !first.isEmpty()) {
            suspect = suspects.get(first + ' ' + nextWord(tokens));
        }
        return suspect != null && !suspect.anyIn(sql, tokens.end());
    }

    /** {@return the word that is next but for blanks, comments and opening parentheses; empty if something else is} */
    private static String nextWord(SqlTokens tokens) {
        while (tokens.next()) {
            if (tokens.kind() == SqlTokens.Kind.WORD) {
                return tokens.token().toLowerCase(Locale.ROOT);
            }
            if (tokens.isCode() && !tokens.isSymbol('(')) {
                return "";
            }
        }
        return "";
    }
}
