package dev.mooring.auth.codec;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into {@code Map}, {@code List}, {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger},
 * {@code Double} and null; lists and maps cannot be changed.
 *
 * <p>Accepts what Python's {@code json.loads} accepts: that is RFC 8259 and {@code NaN}, {@code Infinity} and
 * {@code -Infinity}; of a name that comes twice, the last value counts. Nesting and the digits of a whole number are bounded,
 * so that a small text can cost neither the stack nor minutes.
 */
public final class JsonReader {

    /** The deepest nesting of arrays and objects. */
    public static final int MAX_DEPTH = 200;

    /** The most digits of a whole number, as in Python 3.11 and later. */
    private static final int MAX_DIGITS = 4300;

    private static final int LONG_DIGITS = 18;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * {@return the value that {@code text} describes}
     *
     * @throws CodecException if it is not JSON or exceeds a bound
     */
    public static @Nullable Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value();
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.fail("the end of the text");
        }
        return value;
    }

    private @Nullable Object value() {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            case 'N' -> word("NaN", Double.NaN);
            case 'I' -> word("Infinity", Double.POSITIVE_INFINITY);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        enter();
        if (!closes('}')) {
            do {
                skipSpace();
                if (peek() != '"') {
                    throw fail("a name in quotes");
                }
                String name = string();
                skipSpace();
                expect(':');
                object.put(name, value());
            } while (another('}'));
        }
        depth--;
        return Collections.unmodifiableMap(object);
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> array = new ArrayList<>();
        enter();
        if (!closes(']')) {
            do {
                array.add(value());
            } while (another(']'));
        }
        depth--;
        return Collections.unmodifiableList(array);
    }

    private void enter() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw new CodecException("JSON is nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private boolean closes(char end) {
        skipSpace();
        if (peek() != end) {
            return false;
        }
        at++;
        return true;
    }

    private boolean another(char end) {
        if (closes(end)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() {
        at++;
        int end = at;
        while (end < text.length() && text.charAt(end) >= ' ' && text.charAt(end) != '"' && text.charAt(end) != '\\') {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '"') {
            String plain = text.substring(at, end);
            at = end + 1;
            return plain;
        }
        return stringWithEscapes();
    }

    private String stringWithEscapes() {
        StringBuilder string = new StringBuilder();
        while (true) {
            char c = next("the end of a string");
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ') {
                at--;
                throw fail("no control character in a string");
            }
            string.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = next("an escaped character");
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> {
                at--;
                throw fail("an escape that JSON knows");
            }
        };
    }

    private char codeUnit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            char c = next("four hexadecimal digits");
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                at--;
                throw fail("four hexadecimal digits");
            }
            unit = unit * 16 + digit;
        }
        return (char) unit;
    }

    private Object number() {
        int start = at;
        if (peek() == '-') {
            at++;
            if (peek() == 'I') {
                word("Infinity", null);
                return Double.NEGATIVE_INFINITY;
            }
        }
        int first = at;
        int digits = digits();
        if (digits > 1 && text.charAt(first) == '0') {
            at = first + 1;
            throw fail("no digit behind a leading zero");
        }
        boolean whole = true;
        if (peek() == '.') {
            at++;
            digits();
            whole = false;
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
            whole = false;
        }
        return whole ? whole(text.substring(start, at), digits) : (Object) Double.valueOf(text.substring(start, at));
    }

    private int digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw fail("a value");
        }
        return at - start;
    }

    private static Object whole(String number, int digits) {
        if (digits > MAX_DIGITS) {
            throw new CodecException("JSON has a whole number of more than " + MAX_DIGITS + " digits");
        }
        if (digits <= LONG_DIGITS) {
            return Long.valueOf(number);
        }
        BigInteger value = new BigInteger(number);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw fail("a value");
        }
        at += word.length();
        return value;
    }

    private void expect(char expected) {
        if (peek() != expected) {
            throw fail("'" + expected + "'");
        }
        at++;
    }

    private char next(String expected) {
        if (at >= text.length()) {
            throw fail(expected);
        }
        return text.charAt(at++);
    }

    /** {@return the next character; at the end NUL, which nothing expects} */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }

    private CodecException fail(String expected) {
        return new CodecException("JSON is malformed at character " + at + ", where " + expected + " was expected");
    }
}
