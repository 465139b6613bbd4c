package dev.mooring.benchmarks.rival;

import java.sql.Connection;
import javax.sql.DataSource;

/** A peer that is a {@link DataSource}. */
abstract class DataSourceRival implements Rival {

    private final DataSource source;

    DataSourceRival(DataSource source) {
        this.source = source;
    }

    /** {@return the peer itself} */
    final DataSource source() {
        return source;
    }

    @Override
    public final Object cycle() throws Exception {
        Connection connection = source.getConnection();
        connection.close();
        return connection;
    }

    @Override
    public final void hold(Work work) throws Exception {
        try (Connection connection = source.getConnection()) {
            work.with(connection);
        }
    }
}
