package dev.mooring.auth;

import java.security.SecureRandom;

/** Random letters and digits, for salts and for passwords that nobody has. */
final class RandomText {

    /** How many of 62 characters hold 128 bits: Django's length of a salt. */
    static final int SALT_LENGTH = 22;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    static String salt() {
        return ofLength(SALT_LENGTH);
    }

    static String ofLength(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
