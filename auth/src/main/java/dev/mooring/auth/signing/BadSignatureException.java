package dev.mooring.auth.signing;

/**
 * A text was not signed with any of the secret keys, or what it says cannot be read: Django's {@code BadSignature}.
 *
 * <p>The message never holds the text.
 */
public class BadSignatureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadSignatureException(String message) {
        super(message);
    }
}
