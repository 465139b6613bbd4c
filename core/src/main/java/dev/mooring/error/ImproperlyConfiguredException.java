package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/**
 * A setting is wrong: found before anything was connected, so not a {@link DatabaseException}.
 *
 * <p>The message names the alias or the setting, what was seen and the way out. It never holds a password.
 */
public class ImproperlyConfiguredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes one with no cause. */
    public ImproperlyConfiguredException(String message) {
        this(message, null);
    }

    /** Makes one with the error that revealed the wrong setting. */
    public ImproperlyConfiguredException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
