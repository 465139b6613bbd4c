package dev.mooring.auth.signing;

/** A text was signed with the right key, but too long ago: Django's {@code SignatureExpired}. */
public final class SignatureExpiredException extends BadSignatureException {

    private static final long serialVersionUID = 1L;

    SignatureExpiredException(String message) {
        super(message);
    }
}
