package com.example.plain;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.kit.contracts.BackendUnderTest;
import dev.mooring.kit.contracts.TransactionContract;
import dev.mooring.kit.contracts.ValueType;
import dev.mooring.spi.BackendProvider;
import dev.mooring.sqlite.SqliteBackendProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The rules for backends, run as their author runs them: from the published kit. */
class SqliteTransactionTest extends TransactionContract {

    @Override
    public BackendUnderTest backend() {
        return new UnderTest();
    }

    @Override
    protected DatabaseSettingsBuilder settings() {
        return super.settings().option("transaction_mode", "DEFERRED");
    }

    private static final class UnderTest implements BackendUnderTest {

        @Override
        public String name() {
            return "SQLite";
        }

        @Override
        public BackendProvider provider() {
            return new SqliteBackendProvider();
        }

        @Override
        public DatabaseSettings emptyDatabase(Path directory) {
            return DatabaseSettings.builder("default")
                    .engine("sqlite3")
                    .name(directory.resolve("rules.sqlite3").toString())
                    .build();
        }

        @Override
        public Connection plain(DatabaseSettings settings) throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + settings.name());
        }

        @Override
        public String numberedKey() {
            return "integer PRIMARY KEY AUTOINCREMENT";
        }

        @Override
        public String column(ValueType type) {
            return "";
        }

        @Override
        public String bytes() {
            return "blob";
        }
    }
}
