package dev.mooring;

import dev.mooring.spi.ValueCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A prepared statement and, once it had a result, the columns of it. For the thread that leases the connection. */
final class CachedStatement {

    private final PreparedStatement statement;
    private @Nullable Columns columns;

    CachedStatement(PreparedStatement statement) {
        this.statement = statement;
    }

    PreparedStatement statement() {
        return statement;
    }

    Columns columns(ResultSet rows, ValueCodec codec) throws SQLException {
        Columns known = columns;
        if (known == null) {
            known = Columns.of(rows, codec);
            columns = known;
        }
        return known;
    }
}
