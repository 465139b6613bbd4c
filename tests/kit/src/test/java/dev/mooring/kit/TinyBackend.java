package dev.mooring.kit;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Connector;
import dev.mooring.spi.SessionRules;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** As little of a backend as a real driver needs. */
final class TinyBackend implements BackendProvider {

    static DatabaseSettingsBuilder settings(Path file) {
        return DatabaseSettings.builder("default").engine("tiny").name(file.toString());
    }

    static Databases databases(DatabaseSettingsBuilder settings, Faults faults) {
        return Databases.builder()
                .add(settings.build())
                .backend(FaultyBackend.around(new TinyBackend(), faults))
                .build();
    }

    @Override
    public String engine() {
        return "tiny";
    }

    @Override
    public Backend create(DatabaseSettings settings) {
        return Backend.builder(engine())
                .connector(new TinyConnector(settings.name()))
                .sessionRules(new SessionRules() {
                    @Override
                    public boolean leavesSessionAlone(String sql) {
                        return true;
                    }
                })
                .introspector((sql, views) -> List.of())
                .build();
    }

    private record TinyConnector(String file) implements Connector {

        @Override
        public Connection open() throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + file);
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
