package dev.mooring.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** What the driver tells of rows, of parameters and of the database. For one thread at a time. */
@Delegates({DatabaseMetaData.class, ResultSetMetaData.class, ParameterMetaData.class})
abstract class JdbcMetaData extends JdbcPart {

    JdbcMetaData(JdbcOwner connection, Object driver) {
        super(connection, driver);
    }

    /** Called before what the driver asks the database by statements of its own, which are like any other statement. */
    @Override
    final void ensureBegun() throws SQLException {
        session().executor().endUnread();
        super.ensureBegun();
    }

    /** {@return the connection of the view} */
    public Connection getConnection() throws SQLException {
        session().checkOpen();
        return connection();
    }
}
