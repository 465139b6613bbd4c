package dev.mooring.auth.codec;

import static java.util.Objects.requireNonNull;

/**
 * A text is not what it should be, or exceeds a bound. The message gives the place and never the text, which may be a
 * secret.
 */
public final class CodecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes one. The message must not hold what was decoded. */
    public CodecException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
