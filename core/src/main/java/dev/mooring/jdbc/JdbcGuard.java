package dev.mooring.jdbc;

import dev.mooring.statement.SqlText;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of a {@link JdbcConnection} is given for the driver's own objects: ones that lead to this connection and never
 * to the driver's. Stateless.
 */
final class JdbcGuard {

    private JdbcGuard() {}

    /**
     * {@return what the caller is given for what the driver answers}: nothing that leads to the driver's connection
     *
     * <p>The type that was asked for tells which it is: SQLite's rows are their own metadata too, and its statements that of their
     * parameters.
     *
     * @param from what the rows are of; null if of none
     */
    static @Nullable Object guarded(
            JdbcOwner connection, Class<?> asked, @Nullable Object result, @Nullable JdbcObject from) {
        if (result == null || isValue(result)) {
            return result;
        } else if (asked == ResultSetMetaData.class) {
            return new ResultSetMetaDataDelegate(connection, result);
        } else if (asked == ParameterMetaData.class) {
            return new ParameterMetaDataDelegate(connection, result);
        } else if (asked == DatabaseMetaData.class) {
            return new DatabaseMetaDataDelegate(connection, result);
        } else if (result instanceof ResultSet rows && asked.isAssignableFrom(ResultSet.class)) {
            return rows(connection, rows, from);
        } else if (result instanceof Statement statement && asked.isAssignableFrom(Statement.class)) {
            return new StatementDelegate(connection, statement, SqlText.EMPTY);
        } else if (result instanceof Connection && asked.isAssignableFrom(Connection.class)) {
            return connection;
        }
        return locator(connection, result);
    }

    /** {@return whether it is of a class that leads nowhere} Spares what is read most the questions for interfaces. */
    private static boolean isValue(Object result) {
        return result instanceof Number || result instanceof String || result instanceof Boolean;
    }

    private static ResultSet rows(JdbcOwner connection, ResultSet rows, @Nullable JdbcObject from) {
        if (from instanceof JdbcStatement statement) {
            return new ResultSetDelegate(connection, rows, statement);
        }
        connection.session().opened(rows);
        return new ResultSetDelegate(connection, rows, null);
    }

    private static Object locator(JdbcOwner connection, Object result) {
        if (result instanceof Array) {
            return new ArrayDelegate(connection, result);
        } else if (result instanceof NClob) {
            return new NClobDelegate(connection, result);
        } else if (result instanceof Clob) {
            return new ClobDelegate(connection, result);
        } else if (result instanceof Blob) {
            return new BlobDelegate(connection, result);
        }
        return result;
    }

    /** {@return what the caller is given for a statement that was asked for as a {@code type}, of that text} */
    static JdbcStatement statement(JdbcOwner connection, Class<?> type, Statement statement, SqlText text) {
        if (type == CallableStatement.class) {
            return new CallableStatementDelegate(connection, statement, text);
        } else if (type == PreparedStatement.class) {
            return new PreparedStatementDelegate(connection, statement, text);
        }
        return new StatementDelegate(connection, statement, text);
    }

    /** {@return what {@code driver} unwraps to} An interface is guarded; a class has to be the driver's own object. */
    static Object unwrapped(JdbcOwner connection, JdbcObject outer, Wrapper driver, Class<?> type) throws SQLException {
        Object found = driver.unwrap(type);
        if (type.isInterface()) {
            return JdbcDriverObject.of(outer, connection, found);
        }
        Object unused = outer.unwrapDelegate();
        return found;
    }
}
