package dev.mooring.auth;

/**
 * Thrown by an {@link AuthenticationBackend} to refuse at once: no backend after it is asked.
 *
 * <p>Django's {@code PermissionDenied}. {@link Authenticator} catches it and answers as for a wrong password.
 */
public class PermissionDeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes one. The message must not hold a credential. */
    public PermissionDeniedException(String message) {
        super(message);
    }
}
