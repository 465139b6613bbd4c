package dev.mooring;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** Finds the backend that an engine's name means. */
final class BackendRegistry {

    private final Map<String, BackendProvider> byName = new HashMap<>();
    private final TreeSet<String> engines = new TreeSet<>();

    private BackendRegistry(Iterable<BackendProvider> providers) {
        for (BackendProvider provider : providers) {
            engines.add(provider.engine());
            register(provider.engine(), provider);
            provider.otherNames().forEach(name -> register(name, provider));
        }
    }

    /** {@return the registry of those handed in, and of those found that they do not replace} */
    static BackendRegistry with(List<BackendProvider> explicit) {
        List<BackendProvider> providers = new ArrayList<>(explicit);
        for (BackendProvider found : ServiceLoader.load(BackendProvider.class)) {
            if (explicit.stream().noneMatch(given -> given.engine().equals(found.engine()))) {
                providers.add(found);
            }
        }
        return new BackendRegistry(providers);
    }

    Backend create(DatabaseSettings settings) {
        BackendProvider provider = byName.get(settings.engine().toLowerCase(Locale.ROOT));
        if (provider == null) {
            throw new ImproperlyConfiguredException(
                    "Setting 'engine' of database '%s' was '%s', which no backend here answers to; %s"
                            .formatted(settings.alias(), settings.engine(), wayOut()));
        }
        try {
            return provider.create(settings);
        } catch (LinkageError e) {
            throw new ImproperlyConfiguredException(
                    ("The backend of database '%s' (engine '%s', %s) could not be loaded: %s. Put its driver on the class or "
                                    + "module path, in a version that the backend supports")
                            .formatted(
                                    settings.alias(),
                                    settings.engine(),
                                    provider.getClass().getName(),
                                    e),
                    e);
        }
    }

    private String wayOut() {
        return engines.isEmpty()
                ? "no backend was found: put mooring-sqlite, mooring-postgres or mooring-mariadb on the class or module path"
                : "found are " + String.join(", ", engines);
    }

    private void register(String name, BackendProvider provider) {
        BackendProvider other = byName.putIfAbsent(name.toLowerCase(Locale.ROOT), provider);
        if (other != null && other != provider) {
            throw new ImproperlyConfiguredException("Two backends answer to the engine '%s': %s and %s; remove one"
                    .formatted(
                            name,
                            other.getClass().getName(),
                            provider.getClass().getName()));
        }
    }
}
