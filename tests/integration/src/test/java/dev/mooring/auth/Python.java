package dev.mooring.auth;

import static java.util.stream.Collectors.joining;

/** Python's spelling. */
final class Python {

    private Python() {}

    /** {@return a literal in ASCII, whatever the command line can carry} */
    static String literal(String text) {
        return text.codePoints().mapToObj("\\U%08x"::formatted).collect(joining("", "'", "'"));
    }
}
