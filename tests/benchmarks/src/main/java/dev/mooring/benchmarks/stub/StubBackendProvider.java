package dev.mooring.benchmarks.stub;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Connector;
import dev.mooring.spi.TransactionControl;
import dev.mooring.sqlite.SqliteBackendProvider;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Mooring's way to {@link StubConnection}s: SQLite's backend with its connector exchanged. */
public final class StubBackendProvider implements BackendProvider {

    /** The engine to put into the settings. */
    public static final String ENGINE = "stub";

    /** Makes one. */
    public StubBackendProvider() {}

    @Override
    public String engine() {
        return ENGINE;
    }

    @Override
    public Backend create(DatabaseSettings settings) {
        return new SqliteBackendProvider()
                .create(settings).toBuilder()
                        .connector(new StubConnector())
                        .transactionControl(TransactionControl.jdbc())
                        .build();
    }

    private static final class StubConnector implements Connector {
        @Override
        public Connection open() {
            return new StubConnection();
        }

        @Override
        public boolean isUsable(Connection connection, Duration timeout) {
            try {
                return connection.isValid(1);
            } catch (SQLException e) {
                return false;
            }
        }
    }
}
