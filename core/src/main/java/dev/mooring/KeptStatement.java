package dev.mooring;

import java.sql.PreparedStatement;
import org.jspecify.annotations.Nullable;

/** A prepared statement and, if they serve later results too, its columns. For the thread that leases the connection. */
final class KeptStatement {

    private final String sql;
    private final PreparedStatement statement;
    private @Nullable Columns columns;
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
