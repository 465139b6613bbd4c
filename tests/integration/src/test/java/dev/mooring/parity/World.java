package dev.mooring.parity;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.LeaseScope;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;

/** A kind of database, and whose settings it has: Django's, which bind a connection to its thread, or our defaults. */
enum World {
    SQLITE_THREAD(true, LeaseScope.THREAD),
    SQLITE_OPERATION(true, LeaseScope.OPERATION),
    POSTGRES_THREAD(false, LeaseScope.THREAD),
    POSTGRES_OPERATION(false, LeaseScope.OPERATION);

    final boolean isSqlite;
    final LeaseScope scope;

    World(boolean isSqlite, LeaseScope scope) {
        this.isSqlite = isSqlite;
        this.scope = scope;
    }

    boolean isThread() {
        return scope == LeaseScope.THREAD;
    }

    DatabaseSettingsBuilder settings(Path directory) {
        DatabaseSettingsBuilder ours = isSqlite ? TestDatabases.sqlite(directory) : TestDatabases.postgres();
        return isThread() ? likeDjango(ours) : ours;
    }

    private DatabaseSettingsBuilder likeDjango(DatabaseSettingsBuilder settings) {
        if (isSqlite) {
            settings.option("transaction_mode", "DEFERRED");
        }
        return settings.leaseScope(scope)
                .connMaxAge(Duration.ZERO)
                .connHealthChecks(false)
                .maxConnectionsUnlimited()
                .statementTimeout(Duration.ZERO);
    }
}
