package dev.mooring;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement and what is known of its results: the last one and, if they serve later ones too, their columns. For
 * the thread that leases the connection.
 */
final class KeptStatement {

    private final String sql;
    private final PreparedStatement statement;
    private @Nullable Columns columns;
    private @Nullable ResultSet rows;
    private boolean inUse = true;

    KeptStatement(String sql, PreparedStatement statement) {
        this.sql = sql;
        this.statement = statement;
    }

    String sql() {
        return sql;
    }

    PreparedStatement jdbc() {
        return statement;
    }

    /** {@return whether there are {@link #rows()}} */
    boolean execute() throws SQLException {
        if (columns == null) {
            rows = statement.execute() ? statement.getResultSet() : null;
        } else {
            // A query, then; drivers do less for one: SQLite's looks for no generated key.
            rows = statement.executeQuery();
        }
        return rows != null;
    }

    /** {@return the rows, to be closed} */
    ResultSet rows() {
        return requireNonNull(rows);
    }

    /** {@return the columns of its results; null if they must be read anew} */
    @Nullable
    Columns columns() {
        return columns;
    }

    void keep(Columns known) {
        columns = known;
    }

    boolean isInUse() {
        return inUse;
    }

    void inUse(boolean now) {
        inUse = now;
    }
}
