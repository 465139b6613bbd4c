package dev.mooring.parity;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.mariadb.MariadbBackendProvider;
import dev.mooring.postgres.PostgresBackendProvider;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Connector;
import dev.mooring.sqlite.SqliteBackendProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A real backend whose health checks are counted, and fail when told to. */
final class Probes implements BackendProvider {

    private final BackendProvider real;
    int count;
    boolean fail;

    Probes(World world) {
        real = real(world);
    }

    static BackendProvider real(World world) {
        return switch (world.engine) {
            case SQLITE -> new SqliteBackendProvider();
            case POSTGRES -> new PostgresBackendProvider();
            case MARIADB -> new MariadbBackendProvider();
        };
    }

    @Override
    public String engine() {
        return real.engine();
    }

    @Override
    public Backend create(DatabaseSettings settings) {
        Backend backend = real.create(settings);
        return backend.toBuilder().connector(counted(backend.connector())).build();
    }

    private Connector counted(Connector connector) {
        return (Connector) Proxy.newProxyInstance(
                Probes.class.getClassLoader(), new Class<?>[] {Connector.class}, (self, method, arguments) -> {
                    if (method.getName().equals("isUsable")) {
                        count++;
                        if (fail) {
                            return false;
                        }
                    }
                    try {
                        return method.invoke(connector, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
