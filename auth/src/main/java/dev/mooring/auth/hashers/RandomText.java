package dev.mooring.auth.hashers;

import java.security.SecureRandom;

/** Random letters and digits, for salts and for passwords that nobody has. */
final class RandomText {

    /** How many of 62 characters hold 128 bits: Django's length of a salt. */
    static final int SALT_LENGTH = 22;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private RandomText() {}

    static String salt(SecureRandom random) {
        return ofLength(random, SALT_LENGTH);
    }

    static String ofLength(SecureRandom random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
