package dev.mooring.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What most databases need. */
final class JdbcTransactionControl implements TransactionControl {

    @Override
    public void begin(Connection connection, boolean readOnly) throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.commit();
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new SQLException("committed, but not back in autocommit mode: " + e.getMessage(), "08007", e);
        }
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
