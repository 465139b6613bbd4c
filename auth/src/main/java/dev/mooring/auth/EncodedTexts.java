package dev.mooring.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What the hashers have in common. */
final class EncodedTexts {

    private EncodedTexts() {}

    /** {@return whether the texts are equal, in a time that does not tell where they differ} */
    static boolean same(String stored, String computed) {
        return MessageDigest.isEqual(
                stored.getBytes(StandardCharsets.UTF_8), computed.getBytes(StandardCharsets.UTF_8));
    }

    static String requireSalt(String salt) {
        if (salt.isEmpty() || salt.contains("$")) {
            throw new IllegalArgumentException("salt must not be empty or contain '$'");
        }
        return salt;
    }
}
