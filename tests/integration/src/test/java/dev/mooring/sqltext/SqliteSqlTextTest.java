package dev.mooring.sqltext;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("SQLite: SQL is read as the engine reads it")
class SqliteSqlTextTest extends SqlAgainstEngineContract {

    @TempDir
    private Path directory;

    private DatabaseSettings settings;

    @Override
    DatabaseSettings emptyDatabase() {
        settings = EmptyDatabases.sqlite(directory);
        return settings;
    }

    @Override
    GeneratedSql.Kind kind() {
        return GeneratedSql.Kind.SQLITE;
    }

    @Override
    Connection driver() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + settings.name());
    }

    /** The driver gives a text without rows to {@code sqlite3_exec}, which divides it; how many there were it does not say. */
    @Override
    int runWhole(Statement statement, String sql) throws SQLException {
        int changed = statement.executeUpdate(sql);
        return Math.min(changed, -1);
    }
}
