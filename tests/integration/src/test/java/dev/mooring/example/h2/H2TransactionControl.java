package dev.mooring.example.h2;

import dev.mooring.spi.TransactionControl;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.SQLException;

/** JDBC's autocommit mode, which BEGIN as a text leaves too. H2 refuses no writes in a transaction that promised none. */
final class H2TransactionControl implements TransactionControl {

    private final TransactionControl jdbc = TransactionControl.jdbc();

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

    /** Asks the engine in this process, so that it costs no round trip. */
    @Override
    public TransactionStatus status(Connection connection) throws SQLException {
        return connection.getAutoCommit() ? TransactionStatus.NONE : TransactionStatus.OPEN;
    }
}
