package dev.mooring.sqlite;

import dev.mooring.config.IsolationLevel;
import dev.mooring.spi.TransactionControl;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Says BEGIN and COMMIT itself, as Django does: the driver stays in autocommit mode and begins nothing behind our back.
 */
final class SqliteTransactionControl implements TransactionControl {

    private final String begin;

    /** The connections that are to be read from alone until their transaction ends, for as long as somebody has them. */
    private final Set<Connection> readOnly =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    SqliteTransactionControl(String mode) {
        begin = "BEGIN " + mode;
    }

    @Override
    public void begin(Connection connection, boolean readOnly) throws SQLException {
        if (readOnly) {
            run(connection, "BEGIN DEFERRED");
            forbidWrites(connection);
        } else {
            run(connection, begin);
        }
    }

    /** All of SQLite's transactions are serializable, which is every level. */
    @Override
    public void begin(Connection connection, boolean readOnly, IsolationLevel level) throws SQLException {
        begin(connection, readOnly);
    }

    /** SQLite's transactions are not read-only, its connections are. One that its user made so stays it. */
    private void forbidWrites(Connection connection) throws SQLException {
        try {
            if (!isReadOnly(connection)) {
                readOnly.add(connection);
                run(connection, "PRAGMA query_only = ON");
            }
        } catch (SQLException e) {
            throw new SQLException("begun, but not read-only: " + e.getMessage(), "08007", e);
        }
    }

    private void allowWrites(Connection connection) throws SQLException {
        if (readOnly.contains(connection)) {
            run(connection, "PRAGMA query_only = OFF");
            readOnly.remove(connection);
        }
    }

    private static boolean isReadOnly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA query_only")) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        boolean committed = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute("COMMIT");
            committed = true;
            allowWrites(connection);
        } catch (SQLException e) {
            throw committed ? new SQLException("committed, but then: " + e.getMessage(), "08007", e) : e;
        }
    }

    /** SQLite may have rolled back by itself, on a full disk for one: then there is nothing left to do. */
    @Override
    public void rollback(Connection connection) throws SQLException {
        try {
            run(connection, "ROLLBACK");
        } catch (SQLiteException e) {
            if (status(connection) != TransactionStatus.NONE) {
                throw e;
            }
        }
        allowWrites(connection);
    }

    /**
     * Tries a BEGIN, which takes no lock and which SQLite refuses inside a transaction. The driver does not pass on
     * {@code sqlite3_get_autocommit}; this costs microseconds, about as much as a small query.
     */
    @Override
    public TransactionStatus status(Connection connection) throws SQLException {
        try {
            run(connection, "BEGIN DEFERRED");
        } catch (SQLiteException e) {
            boolean nothingBesides = e.getSuppressed().length == 0;
            if (e.getResultCode() == SQLiteErrorCode.SQLITE_ERROR && nothingBesides) {
                return TransactionStatus.OPEN;
            }
            throw e;
        }
        run(connection, "ROLLBACK");
        return TransactionStatus.NONE;
    }

    @Override
    public boolean beginsAtOnce() {
        return true;
    }

    @Override
    public boolean endsWithUnreadChanges() {
        return false;
    }

    @Override
    public boolean isStatusFree() {
        return false;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
