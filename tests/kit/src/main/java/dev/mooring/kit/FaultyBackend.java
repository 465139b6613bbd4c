package dev.mooring.kit;

import static java.util.Objects.requireNonNull;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import java.util.Set;

/**
 * A backend whose driver goes wrong when told to. Everything else about it is the real backend's.
 *
 * <pre>{@code
 * Faults faults = new Faults();
 * Databases databases = Databases.builder()
 *         .add(settings)
 *         .backend(FaultyBackend.around(new SqliteBackendProvider(), faults))
 *         .build();
 * faults.atCall(3, Fault.loseConnection());
 * }</pre>
 */
public final class FaultyBackend implements BackendProvider {

    private final BackendProvider real;
    private final Faults faults;

    private FaultyBackend(BackendProvider real, Faults faults) {
        this.real = requireNonNull(real, "real");
        this.faults = requireNonNull(faults, "faults");
    }

    /** {@return {@code real}, with {@code faults} to befall its driver} */
    public static BackendProvider around(BackendProvider real, Faults faults) {
        return new FaultyBackend(real, faults);
    }

    @Override
    public String engine() {
        return real.engine();
    }

    @Override
    public Set<String> otherNames() {
        return real.otherNames();
    }

    @Override
    public Backend create(DatabaseSettings settings) {
        Backend backend = real.create(settings);
        return backend.toBuilder()
                .connector(new FaultyConnector(backend.connector(), faults))
                .build();
    }
}
