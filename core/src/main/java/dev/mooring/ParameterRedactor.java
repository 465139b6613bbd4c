package dev.mooring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets out of parameters before anyone logs or keeps them. Asked only about databases with the setting
 * {@code logParameters}, without which parameters are in no log at all. Must be safe for use by several threads.
 */
@FunctionalInterface
public interface ParameterRedactor {

    /**
     * {@return what may be shown of {@code parameters}} If it throws, none of them is shown.
     *
     * @param sql the statement they are for
     * @param parameters the parameters, in order; one map if they are named
     */
    List<? extends @Nullable Object> redact(String sql, List<? extends @Nullable Object> parameters);
}
