package dev.mooring.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The names Django gives to indexes and constraints: table, columns, eight digits, suffix. They must be Django's own to
 * the letter, or its next migration does not find what it wants to change.
 */
public final class AutomaticName {

    private AutomaticName() {}

    /**
     * {@return the name}
     *
     * @param suffix what ends the name, such as {@code _uniq}; may be empty
     * @param maxLength the longest identifier of the database, in characters
     */
    public static String of(String table, List<String> columns, String suffix, int maxLength) {
        String joined = String.join("_", columns);
        String end = digits(table + String.join("", columns)) + suffix;
        String name = table + "_" + joined + "_" + end;
        return name.length() <= maxLength ? name : fit(shortened(table, joined, end, maxLength));
    }

    private static String shortened(String table, String columns, String end, int maxLength) {
        String keptEnd = cut(end, maxLength / 3);
        int share = (maxLength - keptEnd.length()) / 2 - 1;
        return cut(table, share) + "_" + cut(columns, share) + "_" + keptEnd;
    }

    /** Some databases refuse an identifier that starts like that. Django looks at shortened names only. */
    private static String fit(String name) {
        char first = name.charAt(0);
        return first == '_' || Character.isDigit(first) ? "D" + name.substring(0, name.length() - 1) : name;
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    private static String digits(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has MD5", e);
        }
    }
}
