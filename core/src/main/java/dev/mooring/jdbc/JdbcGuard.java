package dev.mooring.jdbc;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of a {@link JdbcConnection} is given for the driver's own objects: ones that lead to this connection and never
 * to the driver's. Stateless.
 */
final class JdbcGuard {

    private static final Set<Class<?>> METADATA =
            Set.of(DatabaseMetaData.class, ResultSetMetaData.class, ParameterMetaData.class);

    private JdbcGuard() {}

    /**
     * {@return what the caller is given for what the driver answers}: nothing that leads to the driver's connection
     *
     * <p>The type that was asked for tells which it is: SQLite's rows are their own metadata too, and its statements that of their
     * parameters.
     *
     * @param from what the rows are of; null if of none
     */
    @Nullable
    static Object guarded(JdbcOwner connection, Method method, @Nullable Object result, @Nullable Object from) {
        Class<?> asked = method.getReturnType();
        if (result instanceof Wrapper metaData && METADATA.contains(asked)) {
            return new JdbcReader(connection, asked, metaData, null).self();
        } else if (result instanceof ResultSet rows && asked.isAssignableFrom(ResultSet.class)) {
            boolean ofStatement = from instanceof Statement;
            if (!ofStatement) {
                connection.session().opened(rows);
            }
            return new JdbcReader(connection, ResultSet.class, rows, ofStatement ? from : null).self();
        } else if (result instanceof Statement statement && asked.isAssignableFrom(Statement.class)) {
            return guarded(connection, statement);
        } else if (result instanceof Connection && asked.isAssignableFrom(Connection.class)) {
            return connection.self();
        }
        Object locator = result == null ? null : JdbcLocator.of(connection, result);
        return locator == null ? result : locator;
    }

    /** {@return what the caller is given for a statement that the driver made by itself} */
    @Nullable
    static Object guarded(JdbcOwner connection, @Nullable Statement statement) {
        return statement == null
                ? null
                : new JdbcStatement(connection, Statement.class, statement, JdbcStatement.NOTHING).self();
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
