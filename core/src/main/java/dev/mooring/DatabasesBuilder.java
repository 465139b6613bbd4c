package dev.mooring;

import static java.util.Objects.requireNonNull;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.pool.Clock;
import dev.mooring.pool.Housekeeper;
import dev.mooring.spi.BackendProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Collects what a {@link Databases} is made of. For one thread; every setter returns the builder. */
public final class DatabasesBuilder {

    final Map<String, DatabaseSettings> settings = new LinkedHashMap<>();
    final List<BackendProvider> providers = new ArrayList<>();
    final List<DatabaseListener> listeners = new ArrayList<>();
    final List<ExecuteWrapper> wrappers = new ArrayList<>();
    ParameterRedactor redactor = (sql, parameters) -> parameters;
    final List<DatabaseRouter> routers = new ArrayList<>();
    LongSupplier nanoTime = System::nanoTime;
    HousekeeperFactory housekeeper = Housekeeper::new;
    Consumer<Duration> sleeper = pause -> LockSupport.parkNanos(pause.toNanos());

    DatabasesBuilder() {}

    /** Adds a database. */
    public DatabasesBuilder add(DatabaseSettings database) {
        if (settings.putIfAbsent(database.alias(), database) != null) {
            throw new ImproperlyConfiguredException(
                    "The alias '%s' was configured twice; give each database its own".formatted(database.alias()));
        }
        return this;
    }

    /** Adds a backend by hand, in place of one for the same engine that would be found. */
    public DatabasesBuilder backend(BackendProvider provider) {
        providers.add(requireNonNull(provider, "provider"));
        return this;
    }

    /** Adds a listener. */
    public DatabasesBuilder listener(DatabaseListener listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /** Adds a router, to be asked after those added before. */
    public DatabasesBuilder router(DatabaseRouter router) {
        routers.add(requireNonNull(router, "router"));
        return this;
    }

    /** Adds an execute wrapper for all threads and databases, inside those added before. */
    public DatabasesBuilder executeWrapper(ExecuteWrapper around) {
        wrappers.add(requireNonNull(around, "around"));
        return this;
    }

    /** Sets what takes secrets out of the parameters that are logged where the setting {@code logParameters} is on. */
    public DatabasesBuilder parameterRedactor(ParameterRedactor redactor) {
        this.redactor = requireNonNull(redactor, "redactor");
        return this;
    }

    DatabasesBuilder sleeper(Consumer<Duration> sleeper) {
        this.sleeper = sleeper;
        return this;
    }

    DatabasesBuilder time(LongSupplier nanoTime, HousekeeperFactory housekeeper) {
        this.nanoTime = nanoTime;
        this.housekeeper = housekeeper;
        return this;
    }

    /**
     * {@return the databases}
     *
     * @throws ImproperlyConfiguredException as {@link Databases#of}, and whatever {@link DatabaseListener#started} throws
     */
    public Databases build() {
        if (!settings.containsKey(DatabaseSettings.DEFAULT_ALIAS)) {
            throw new ImproperlyConfiguredException(
                    "No database has the alias '%s', which is meant where none is named; configured are %s"
                            .formatted(DatabaseSettings.DEFAULT_ALIAS, settings.keySet()));
        }
        Databases databases = new Databases(this);
        databases.start();
        return databases;
    }

    /** Makes the housekeeper; tests make one that they tick by hand. */
    interface HousekeeperFactory {
        Housekeeper make(Clock clock);
    }
}
