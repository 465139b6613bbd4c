package dev.mooring.migrations;

/** Recognizes misspelt words of migration files, which would otherwise pass for ordinary comments. Stateless. */
final class Spelling {

    private Spelling() {}

    /** {@return whether {@code word} is {@code wanted} with at most one letter added, left out or replaced, or two swapped} */
    static boolean isClose(String word, String wanted) {
        int same = 0;
        while (same < Math.min(word.length(), wanted.length()) && word.charAt(same) == wanted.charAt(same)) {
            same++;
        }
        String rest = word.substring(same);
        String missing = wanted.substring(same);
        return rest.equals(missing)
                || (!rest.isEmpty() && rest.substring(1).equals(missing))
                || (!missing.isEmpty() && missing.substring(1).equals(rest))
                || (!rest.isEmpty() && !missing.isEmpty() && rest.substring(1).equals(missing.substring(1)))
                || (rest.length() > 1
                        && rest.length() == missing.length()
                        && rest.charAt(0) == missing.charAt(1)
                        && rest.charAt(1) == missing.charAt(0)
                        && rest.substring(2).equals(missing.substring(2)));
    }
}
