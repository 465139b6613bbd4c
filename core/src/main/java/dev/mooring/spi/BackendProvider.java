package dev.mooring.spi;

import dev.mooring.config.DatabaseSettings;
import java.util.Set;

/**
 * The entry to a backend, found through {@link java.util.ServiceLoader}; on the class path by
 * {@code META-INF/services}, on the module path by {@code provides}. A backend's jar needs both.
 *
 * <p>The layer asks in this order: {@link #engine()} and {@link #otherNames()} once, when the provider is found;
 * {@link #create} once for each alias that names it. Instances are used from any thread.
 */
public interface BackendProvider {

    /** {@return the name users give as {@code engine}: unique, such as {@code sqlite3}} */
    String engine();

    /** {@return what else users may write: URL schemes, Django's dotted paths} */
    default Set<String> otherNames() {
        return Set.of();
    }

    /**
     * {@return the backend for one database}
     *
     * <p>Checks the settings but connects to nothing.
     *
     * @throws dev.mooring.error.ImproperlyConfiguredException if the settings cannot work
     */
    Backend create(DatabaseSettings settings);
}
