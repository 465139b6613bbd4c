package dev.mooring.auth.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/** Comparisons of secrets: Django's {@code constant_time_compare}. */
public final class ConstantTime {

    private ConstantTime() {}

    /** {@return whether the texts are equal, in a time that does not tell where they differ} */
    public static boolean equal(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
