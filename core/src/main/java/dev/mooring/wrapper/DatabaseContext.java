package dev.mooring.wrapper;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.pool.Pool;
import dev.mooring.pool.PoolListener;
import dev.mooring.pool.WriteLock;
import dev.mooring.spi.Backend;
import dev.mooring.statement.ErrorTranslator;
import dev.mooring.statement.LockRetry;
import dev.mooring.statement.PreparedStatements;
import org.jspecify.annotations.Nullable;

/**
 * What all wrappers of one database share. Thread-safe.
 *
 * @param settings the settings
 * @param backend the backend
 * @param pool the connections
 * @param connections opens the connections of the pool and ends what was left open on them
 * @param errors makes exceptions of what the driver throws
 * @param statements prepares, binds and reads
 * @param lockRetry waits for locks of other processes
 * @param writeLock the lock that writers take here; null if there may be several at once
 * @param registry what the databases of one {@code Databases} share
 */
public record DatabaseContext(
        DatabaseSettings settings,
        Backend backend,
        Pool pool,
        BackendConnections connections,
        ErrorTranslator errors,
        PreparedStatements statements,
        LockRetry lockRetry,
        @Nullable WriteLock writeLock,
        RegistryContext registry) {

    /** {@return the context of a database that has opened no connection yet; the housekeeper maintains its pool} */
    public static DatabaseContext of(
            DatabaseSettings settings, Backend backend, RegistryContext registry, PoolListener listener) {
        ErrorTranslator errors = new ErrorTranslator(settings, backend);
        LockRetry lockRetry = new LockRetry(backend.connector().lockTimeout(), errors, registry.clock());
        BackendConnections connections =
                new BackendConnections(settings, backend, errors, lockRetry, registry.housekeeper()::start);
        Pool pool = new Pool(pooled(settings, backend), connections, registry.clock(), registry.waits(), listener);
        registry.housekeeper().add(pool);
        return new DatabaseContext(
                settings,
                backend,
                pool,
                connections,
                errors,
                new PreparedStatements(settings.alias(), backend),
                lockRetry,
                backend.connector().writeLockKey().map(WriteLocks::of).orElse(null),
                registry);
    }

    /**
     * {@return the settings of the pool} A database in memory is one connection, which is never closed: a health check that failed
     * with an Error would cost the data.
     */
    private static DatabaseSettings pooled(DatabaseSettings settings, Backend backend) {
        return backend.connector().isInMemory()
                ? settings.toBuilder()
                        .connMaxAgeUnlimited()
                        .idleTimeoutUnlimited()
                        .connHealthChecks(false)
                        .maxConnections(1)
                        .build()
                : settings;
    }

    public String alias() {
        return settings.alias();
    }

    public boolean isInMemory() {
        return backend.connector().isInMemory();
    }
}
