package dev.mooring.auth.codec;

import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The signed part of Django's {@code signing.dumps}: URL-safe base64 without padding, behind a full stop if compressed. */
public final class Payload {

    /** The most bytes that a compressed payload may become. */
    public static final int MAX_BYTES = 8 << 20;

    private static final String COMPRESSED = ".";
    private static final int CHUNK = 4096;

    private Payload() {}

    /** {@return {@code bytes} as text, uncompressed} */
    public static String encode(byte[] bytes) {
        return base64(bytes);
    }

    /** {@return {@code bytes} as text, compressed if that is shorter by more than the full stop, and {@link #decode} takes it} */
    public static String encodeCompressed(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return base64(bytes);
        }
        byte[] compressed = deflate(bytes);
        return compressed.length < bytes.length - 1 ? COMPRESSED + base64(compressed) : base64(bytes);
    }

    /**
     * {@return the bytes that {@code text} stands for}
     *
     * @throws CodecException if it stands for none, or for more than {@value #MAX_BYTES}
     */
    public static byte[] decode(String text) {
        boolean compressed = text.startsWith(COMPRESSED);
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(compressed ? text.substring(1) : text);
            return compressed ? inflate(bytes) : bytes;
        } catch (IllegalArgumentException e) {
            throw new CodecException("The signed payload is not URL-safe base64");
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] out = new byte[CHUNK];
            int length = 0;
            while (!deflater.finished()) {
                out = length == out.length ? Arrays.copyOf(out, 2 * length) : out;
                length += deflater.deflate(out, length, out.length - length);
            }
            return Arrays.copyOf(out, length);
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(byte[] bytes) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes);
            byte[] out = new byte[CHUNK];
            int length = 0;
            while (!inflater.finished()) {
                out = length == out.length ? Arrays.copyOf(out, 2 * length) : out;
                int read = inflater.inflate(out, length, out.length - length);
                length += read;
                if (length > MAX_BYTES) {
                    throw new CodecException("The signed payload is larger than " + MAX_BYTES + " bytes");
                }
                if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new CodecException("The compressed payload is incomplete");
                }
            }
            return Arrays.copyOf(out, length);
        } catch (DataFormatException e) {
            throw new CodecException("The compressed payload is malformed");
        } finally {
            inflater.end();
        }
    }
}
