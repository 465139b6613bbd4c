package dev.mooring.auth.codec;

import java.security.SecureRandom;

/** Random texts that nobody can guess: Django's {@code get_random_string}. */
public final class RandomStrings {

    /** Lower-case letters and digits: what session keys are made of. */
    public static final String LOWER_CASE = "abcdefghijklmnopqrstuvwxyz0123456789";

    /** Letters and digits, in the order in which Django's CSRF tokens count them. */
    public static final String LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private RandomStrings() {}

    /** {@return {@code length} characters of {@code alphabet}, drawn from {@code random}} */
    public static String next(SecureRandom random, int length, String alphabet) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
