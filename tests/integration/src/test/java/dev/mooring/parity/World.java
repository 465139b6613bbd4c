package dev.mooring.parity;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.LeaseScope;
import dev.mooring.kit.MariadbServer;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A kind of database, and whose settings it has: Django's, which bind a connection to its thread, or our defaults. */
enum World {
    SQLITE_THREAD(Engine.SQLITE, LeaseScope.THREAD),
    SQLITE_OPERATION(Engine.SQLITE, LeaseScope.OPERATION),
    POSTGRES_THREAD(Engine.POSTGRES, LeaseScope.THREAD),
    POSTGRES_OPERATION(Engine.POSTGRES, LeaseScope.OPERATION),
    MARIADB_THREAD(Engine.MARIADB, LeaseScope.THREAD),
    MARIADB_OPERATION(Engine.MARIADB, LeaseScope.OPERATION);

    /** A database product. */
    enum Engine {
        SQLITE,
        POSTGRES,
        MARIADB
    }

    final Engine engine;
    final LeaseScope scope;

    World(Engine engine, LeaseScope scope) {
        this.engine = engine;
        this.scope = scope;
    }

    /** {@return those whose database is here} */
    static List<World> present() {
        if (MariadbServer.isInstalled()) {
            return List.of(values());
        }
        TestDatabases.notRun("Django's tests on MariaDB");
        return Arrays.stream(values())
                .filter(world -> world.engine != Engine.MARIADB)
                .toList();
    }

    boolean isThread() {
        return scope == LeaseScope.THREAD;
    }

    DatabaseSettingsBuilder settings(Path directory) {
        DatabaseSettingsBuilder ours = switch (engine) {
            case SQLITE -> TestDatabases.sqlite(directory);
            case POSTGRES -> TestDatabases.postgres();
            case MARIADB -> TestDatabases.mariadb();
        };
        return isThread() ? likeDjango(ours) : ours;
    }

    private DatabaseSettingsBuilder likeDjango(DatabaseSettingsBuilder settings) {
        if (engine == Engine.SQLITE) {
            settings.option("transaction_mode", "DEFERRED");
        }
        return settings.leaseScope(scope)
                .connMaxAge(Duration.ZERO)
                .connHealthChecks(false)
                .maxConnectionsUnlimited()
                .statementTimeout(Duration.ZERO);
    }
}
