package dev.mooring.spi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Follows the blocks of a routine's body, as MariaDB nests them: BEGIN, IF, CASE, LOOP, REPEAT, WHILE and FOR, each with its END. A
 * CASE may be a statement or an expression; what else is a keyword in one place is a name or a function in another, so that the
 * others count only where a statement begins.
 */
final class CompoundBody {

    private static final Set<String> ROUTINES = Set.of("procedure", "function", "trigger", "event", "package");

    /** What else CREATE makes; a routine's name may stand behind these. */
    private static final Set<String> OTHERS = Set.of(
            "table",
            "view",
            "index",
            "database",
            "schema",
            "user",
            "role",
            "server",
            "sequence",
            "tablespace",
            "temporary");

    private static final Set<String> OPENING = Set.of("begin", "if", "case", "loop", "repeat", "while", "for");
    private static final List<String> ANONYMOUS = List.of("begin", "not", "atomic");

    private enum Header {
        UNKNOWN,
        ROUTINE,
        OTHER
    }

    private final Deque<String> open = new ArrayDeque<>();
    private Header header = Header.UNKNOWN;
    private String before = "";
    private boolean atStart;
    private boolean mayBeLabel;
    private int words;

    /** {@return whether a semicolon here ends a statement of the body only} */
    boolean isOpen() {
        return !open.isEmpty();
    }

    /** Reads the next token of the statement: a keyword or a name without quotes in lower case, or anything else, a sign for one. */
    void read(String token) {
        String word = !token.isEmpty() && Character.isJavaIdentifierStart(token.charAt(0)) ? token : "";
        if (open.isEmpty()) {
            readHeader(word);
        } else {
            readBody(word, token);
        }
        before = word;
    }

    private void readHeader(String word) {
        words++;
        if (words <= ANONYMOUS.size() && header == Header.UNKNOWN) {
            readAnonymous(word);
        }
        if (header == Header.UNKNOWN && words > 1) {
            header = ROUTINES.contains(word) ? Header.ROUTINE : OTHERS.contains(word) ? Header.OTHER : Header.UNKNOWN;
        } else if (header == Header.ROUTINE
                && (word.equals("begin") || (OPENING.contains(word) && isBodyBehind(before)))) {
            enter(word);
        }
    }

    /** A statement that does not begin with CREATE has no body, but for BEGIN NOT ATOMIC. */
    private void readAnonymous(String word) {
        boolean anonymous = word.equals(ANONYMOUS.get(words - 1)) && (words == 1 || !before.equals("create"));
        if (words == 1 && !anonymous && !word.equals("create")) {
            header = Header.OTHER;
        } else if (words == ANONYMOUS.size() && anonymous && before.equals("not")) {
            enter("begin");
        }
    }

    private static boolean isBodyBehind(String word) {
        return word.equals("row") || word.equals("do");
    }

    private void readBody(String word, String token) {
        if (word.equals("end")) {
            open.pop();
            atStart = false;
        } else if (word.equals("begin") || (atStart && OPENING.contains(word))) {
            enter(word);
        } else if (word.equals("case") && !before.equals("end")) {
            open.push("expression");
        } else {
            boolean label = token.equals(":") && mayBeLabel;
            mayBeLabel = atStart && !word.isEmpty();
            atStart = label
                    || token.equals(";")
                    || ((word.equals("then") || word.equals("else"))
                            && !open.element().equals("expression"))
                    || (word.equals("do") && Set.of("while", "for").contains(open.element()));
        }
    }

    private void enter(String word) {
        open.push(word);
        atStart = Set.of("begin", "loop", "repeat").contains(word);
    }
}
