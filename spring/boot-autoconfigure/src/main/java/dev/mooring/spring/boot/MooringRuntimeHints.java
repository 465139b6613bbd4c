package dev.mooring.spring.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image has to keep: SQL migrations, and how backends are found. */
final class MooringRuntimeHints implements RuntimeHintsRegistrar {

    /** For Spring. */
    MooringRuntimeHints() {}

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.resources().registerPattern("migrations/**/*.sql");
        hints.resources().registerPattern("META-INF/services/dev.mooring.spi.BackendProvider");
    }
}
