package dev.mooring;

import dev.mooring.error.DatabaseException;
import dev.mooring.jdbc.JdbcConnections;
import dev.mooring.jdbc.JdbcErrors;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One database as other libraries see it; see {@link Database#dataSource()}. Thread-safe. */
final class DatabaseDataSource implements DataSource {

    private final Database database;

    DatabaseDataSource(Database database) {
        this.database = database;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return JdbcConnections.of(database.get().core()).take(database.wrappers()::makeSeparate);
        } catch (DatabaseException e) {
            throw JdbcErrors.of(e);
        }
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "The user of database '%s' is in its settings; call getConnection()".formatted(database.alias()));
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (type.isInstance(database)) {
            return type.cast(database);
        }
        throw new SQLException("The DataSource of database '%s' is no %s".formatted(database.alias(), type.getName()));
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this) || type.isInstance(database);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("Mooring logs through slf4j");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("Mooring has the settings acquireTimeout and connectTimeout");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Mooring logs through slf4j");
    }

    @Override
    public String toString() {
        return "DataSource of " + database;
    }
}
