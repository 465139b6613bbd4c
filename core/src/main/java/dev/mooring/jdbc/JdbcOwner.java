package dev.mooring.jdbc;

import dev.mooring.statement.SqlText;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/** What the objects that came out of a connection of the {@code DataSource} need of it. For one thread at a time. */
abstract class JdbcOwner extends JdbcObject implements Connection {

    /** {@return what keeps the connection from writing while it is read-only} */
    abstract JdbcAccess access();

    /** {@return the conversion of dates and times} */
    abstract JdbcDateTimes dateTimes();

    /** {@return what {@code sql} does to the session and the data} Its placeholders are the driver's own. */
    abstract SqlText read(String sql);

    abstract boolean honoursQueryTimeout();

    abstract boolean leavesSessionAlone(Method method);

    /**
     * {@return what the caller is given for what the driver answers}: nothing that leads to the driver's connection
     *
     * @param asked the type that the driver's method declares
     * @param from what the rows are of; null if of none
     */
    abstract @Nullable Object guarded(Class<?> asked, @Nullable Object result, @Nullable JdbcObject from);

    /** {@return what the caller is given for what {@code driver}, the object behind {@code outer}, unwraps to} */
    abstract Object unwrapped(JdbcObject outer, Wrapper driver, Class<?> type) throws SQLException;
}
