package dev.mooring.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/**
 * A savepoint of ours in JDBC's clothes.
 *
 * @param id what it is called in the database, where nothing else has that name
 * @param name what the caller calls it; null if nothing
 * @param transaction the number of the wrapper's transaction that it was set in
 */
record JdbcSavepoint(String id, @Nullable String name, long transaction) implements Savepoint {

    @Override
    public int getSavepointId() throws SQLException {
        if (name != null) {
            throw new SQLException("The savepoint '%s' has a name and no number".formatted(name), JdbcErrors.SAVEPOINT);
        }
        return Integer.parseInt(id.substring(id.lastIndexOf('x') + 1));
    }

    @Override
    public String getSavepointName() throws SQLException {
        if (name == null) {
            throw new SQLException("The savepoint was set without a name", JdbcErrors.SAVEPOINT);
        }
        return name;
    }
}
