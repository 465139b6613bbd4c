package dev.mooring.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;

/**
 * An array or a large object that came out of a {@link JdbcConnection}. It works on the connection by itself, so it does so in
 * the transaction, and what it leads to is guarded too. For one thread at a time.
 */
@Delegates({Array.class, Blob.class, Clob.class, NClob.class})
abstract class JdbcLocator extends JdbcPart {

    JdbcLocator(JdbcOwner connection, Object driver) {
        super(connection, driver);
    }

    @Override
    final boolean isArgument() {
        return true;
    }

    @Override
    final Object unwrapDelegate() {
        return driver();
    }
}
