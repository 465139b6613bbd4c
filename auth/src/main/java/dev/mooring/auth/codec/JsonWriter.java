package dev.mooring.auth.codec;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as Python's {@code json.dumps(value, separators=(",", ":"))} does: without spaces, in ASCII, lone surrogates
 * as escapes.
 */
public final class JsonWriter {

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();
    private int depth;

    private JsonWriter() {}

    /**
     * {@return the text}
     *
     * @param value what {@link JsonReader} returns, and the narrower whole numbers and {@code Float}
     * @throws CodecException if it holds anything else or is nested too deeply
     */
    public static String write(@Nullable Object value) {
        JsonWriter writer = new JsonWriter();
        writer.value(value);
        return writer.out.toString();
    }

    private void value(@Nullable Object value) {
        if (value == null || value instanceof Boolean || isWhole(value)) {
            out.append(value);
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof Double || value instanceof Float) {
            number(((Number) value).doubleValue());
        } else if (value instanceof Map<?, ?> map) {
            enter();
            object(map);
            depth--;
        } else if (value instanceof List<?> list) {
            enter();
            array(list);
            depth--;
        } else {
            throw new CodecException(
                    "JSON has no place for a value of " + value.getClass().getName()
                            + "; it takes text, numbers, booleans, null, and lists and maps of those");
        }
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger;
    }

    private void number(double number) {
        out.append(
                Double.isFinite(number)
                        ? Double.toString(number)
                        : Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
    }

    private void object(Map<?, ?> map) {
        out.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw new CodecException("JSON takes only text as names");
            }
            out.append(comma);
            string(name);
            out.append(':');
            value(entry.getValue());
            comma = ",";
        }
        out.append('}');
    }

    private void array(List<?> list) {
        out.append('[');
        String comma = "";
        for (Object element : list) {
            out.append(comma);
            value(element);
            comma = ",";
        }
        out.append(']');
    }

    private void enter() {
        if (++depth > JsonReader.MAX_DEPTH) {
            throw new CodecException("JSON would be nested deeper than " + JsonReader.MAX_DEPTH + " levels");
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (c >= ' ' && c <= '~') {
                    out.append(c);
                } else {
                    out.append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        out.append(HEX.charAt(c >> shift & 0xf));
                    }
                }
            }
        }
    }
}
