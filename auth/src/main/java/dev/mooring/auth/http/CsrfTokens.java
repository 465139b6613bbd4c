package dev.mooring.auth.http;

import dev.mooring.auth.codec.ConstantTime;
import dev.mooring.auth.codec.RandomStrings;
import java.security.SecureRandom;

/**
 * Django's CSRF secrets and tokens. The secret, 32 letters and digits, is in the cookie; a token, 64 characters, is the
 * secret behind a mask that is new each time, so that a compressed page gives nothing away.
 *
 * <p>{@link RequestAuth} uses them for each request. Safe for use by several threads.
 */
public final class CsrfTokens {

    private static final String ALPHABET = RandomStrings.LETTERS_AND_DIGITS;
    private static final int SECRET_LENGTH = 32;
    private static final int TOKEN_LENGTH = 2 * SECRET_LENGTH;

    private final SecureRandom random;

    /** Makes one that draws secrets and masks from {@code random}. */
    public CsrfTokens(SecureRandom random) {
        this.random = random;
    }

    /** {@return a new secret, for the cookie} */
    public String newSecret() {
        return RandomStrings.next(random, SECRET_LENGTH, ALPHABET);
    }

    /**
     * {@return a new token for a form or a header}
     *
     * @param cookie the value of the cookie: a secret, or a token as Django before 4.1 writes it
     * @throws IllegalArgumentException if it is neither; see {@link #isValid}
     */
    public String newToken(String cookie) {
        String secret = secret(cookie);
        String mask = newSecret();
        StringBuilder token = new StringBuilder(mask);
        for (int i = 0; i < SECRET_LENGTH; i++) {
            token.append(ALPHABET.charAt((index(secret, i) + index(mask, i)) % ALPHABET.length()));
        }
        return token.toString();
    }

    /** {@return whether {@code text} is a secret or a token by its form} */
    public boolean isValid(String text) {
        return (text.length() == SECRET_LENGTH || text.length() == TOKEN_LENGTH)
                && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    /** {@return whether both hold the same secret, masked or not; compared in constant time} Takes any texts. */
    public boolean matches(String given, String cookie) {
        return isValid(given) && isValid(cookie) && ConstantTime.equal(secret(cookie), secret(given));
    }

    private String secret(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException("A CSRF secret has 32 letters and digits, a CSRF token 64");
        }
        if (text.length() == SECRET_LENGTH) {
            return text;
        }
        StringBuilder secret = new StringBuilder(SECRET_LENGTH);
        for (int i = 0; i < SECRET_LENGTH; i++) {
            int difference = index(text, SECRET_LENGTH + i) - index(text, i);
            secret.append(ALPHABET.charAt(Math.floorMod(difference, ALPHABET.length())));
        }
        return secret.toString();
    }

    private static int index(String text, int at) {
        return ALPHABET.indexOf(text.charAt(at));
    }
}
