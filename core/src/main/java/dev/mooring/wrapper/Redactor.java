package dev.mooring.wrapper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the secrets out of parameters before anyone logs or keeps them. Thread-safe. */
@FunctionalInterface
public interface Redactor {

    /** {@return what may be shown of {@code parameters}, which are those of {@code sql}} */
    List<? extends @Nullable Object> redact(String sql, List<? extends @Nullable Object> parameters);
}
