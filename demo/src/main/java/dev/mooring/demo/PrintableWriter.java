package dev.mooring.demo;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes control characters as {@code \x1b}, since the names and values of a database may hold any, and a terminal would obey them:
 * it would move the cursor, clear the screen or turn the direction of the text.
 */
final class PrintableWriter extends FilterWriter {

    PrintableWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        if (isObeyed((char) c)) {
            out.write("\\x%02x".formatted(c & 0xFFFF));
        } else {
            out.write(c);
        }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(text[i]);
        }
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(text.charAt(i));
        }
    }

    /** Lines may end and be indented. The others are the controls of ISO 6429, and those of Unicode for the direction of text. */
    private static boolean isObeyed(char c) {
        return (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
