package dev.mooring.auth.tokens;

/** A JSON Web Token that must not be trusted. The message says why and never holds the token. */
public final class InvalidTokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidTokenException(String message) {
        super(message);
    }
}
