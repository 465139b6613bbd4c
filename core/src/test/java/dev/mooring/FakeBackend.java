package dev.mooring;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Connector;
import dev.mooring.spi.ErrorClassifier;
import dev.mooring.spi.ErrorVerdict;
import dev.mooring.spi.Feature;
import dev.mooring.spi.Features;
import dev.mooring.spi.SessionRules;
import dev.mooring.spi.TransactionControl;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The backend of {@link FakeDatabase}, through the SPI like any other; one database for each name. */
final class FakeBackend implements BackendProvider {

    private final Map<String, FakeDatabase> databases = new HashMap<>();

    FakeBackend with(String name, FakeDatabase database) {
        databases.put(name, database);
        return this;
    }

    @Override
    public String engine() {
        return "fake";
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("pretend");
    }

    @Override
    public Backend create(DatabaseSettings settings) {
        FakeDatabase database = databases.get(settings.name());
        return Backend.builder("fake")
                .connector(connector(database))
                .features(Features.of(Feature.SAVEPOINTS))
                .transactionControl(control(database))
                .errorClassifier(error -> database.rollsBackWith.equals(error.getSQLState())
                        ? ErrorVerdict.benign(ErrorKind.TRANSACTION_CONFLICT).rolledBack()
                        : ErrorClassifier.bySqlState().classify(error))
                .sessionRules(rules(database))
                .introspector((sql, views) -> List.of())
                .build();
    }

    private static Connector connector(FakeDatabase database) {
        return new Connector() {
            @Override
            public Connection open() throws SQLException {
                return database.connect();
            }

            @Override
            public void initialize(Connection connection) throws SQLException {
                database.failIfTold("initialize");
            }

            @Override
            public boolean isUsable(Connection connection, Duration timeout) {
                database.probes.incrementAndGet();
                try {
                    database.failIfTold("probe");
                } catch (SQLException e) {
                    return false;
                }
                return database.usable;
            }

            @Override
            public boolean isInMemory() {
                return database.inMemory;
            }

            @Override
            public Optional<Object> writeLockKey() {
                return database.hasWriteLock ? Optional.of(database) : Optional.empty();
            }

            @Override
            public Duration statementTimeout() {
                return database.statementTimeout;
            }

            @Override
            public void interrupt(Connection connection) throws SQLException {
                database.interrupts.incrementAndGet();
                database.failIfTold("interrupt");
            }
        };
    }

    private static SessionRules rules(FakeDatabase database) {
        return new SessionRules() {
            @Override
            public boolean leavesSessionAlone(String sql) {
                return !sql.toUpperCase(Locale.ROOT).startsWith("SET ");
            }

            @Override
            public boolean reset(Connection connection) throws SQLException {
                database.resets.incrementAndGet();
                database.during.accept("reset");
                database.failIfTold("reset");
                return database.resettable;
            }
        };
    }

    private static TransactionControl control(FakeDatabase database) {
        TransactionControl jdbc = TransactionControl.jdbc();
        return new TransactionControl() {
            @Override
            public void begin(Connection connection, boolean readOnly) throws SQLException {
                jdbc.begin(connection, readOnly);
            }

            @Override
            public void commit(Connection connection) throws SQLException {
                jdbc.commit(connection);
            }

            @Override
            public void rollback(Connection connection) throws SQLException {
                jdbc.rollback(connection);
            }

            @Override
            public TransactionStatus status(Connection connection) throws SQLException {
                database.failIfTold("status");
                return database.status;
            }

            @Override
            public boolean beginsAtOnce() {
                return database.beginsAtOnce;
            }
        };
    }
}
