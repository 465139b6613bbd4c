package dev.mooring.jdbc;

import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.DataException;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.InterfaceException;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.OperationalException;
import dev.mooring.error.ProgrammingException;
import dev.mooring.error.TransactionManagementException;
import java.sql.ClientInfoStatus;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;

/**
 * What those who speak JDBC see of an error: the driver's own wherever there is one, since they look at its class and its
 * SQLSTATE; of our errors, one that their translators know, with ours as its cause.
 */
public final class JdbcErrors {

    /** "Invalid transaction state". */
    static final String TRANSACTION_STATE = "25000";

    /** "Connection does not exist". */
    static final String CLOSED = "08003";

    /** "Invalid savepoint specification". */
    static final String SAVEPOINT = "3B001";

    /** "Invalid cursor state". */
    static final String CURSOR_STATE = "24000";

    /** "Read-only SQL transaction". */
    static final String READ_ONLY = "25006";

    /** "Invalid parameter value". */
    static final String INVALID_ARGUMENT = "22023";

    /** "Syntax error or access rule violation". */
    private static final String WRONG_TEXT = "42000";

    /** "Data exception". */
    private static final String DATA = "22000";

    private static final String OUTCOME_UNKNOWN = "08007";
    private static final String NO_CONNECTION = "08001";

    private JdbcErrors() {}

    /** {@return the error for those who wanted a connection; it keeps our message, which names the settings} */
    public static SQLException of(DatabaseException error) {
        if (error instanceof LeaseTimeoutException) {
            return new SQLTransientConnectionException(error.getMessage(), NO_CONNECTION, error);
        }
        if (error.getCause() instanceof SQLException driver && isOfTheDriver(error)) {
            return new SQLException(error.getMessage(), driver.getSQLState(), driver.getErrorCode(), error);
        }
        if (error instanceof OperationalException) {
            return new SQLNonTransientConnectionException(error.getMessage(), state(error), error);
        }
        return new SQLException(error.getMessage(), state(error), error);
    }

    /** {@return the error for those who wanted something done on a connection} */
    static SQLException ofWork(DatabaseException error) {
        return error.getCause() instanceof SQLException driver && isOfTheDriver(error) ? driver : of(error);
    }

    /** {@return whether the error says no more than its cause} */
    private static boolean isOfTheDriver(DatabaseException error) {
        return !(error instanceof CommitOutcomeUnknownException) && !(error instanceof TransactionManagementException);
    }

    /** {@return {@code error} as one that may come out of {@code Connection.setClientInfo}} */
    static SQLClientInfoException ofClientInfo(SQLException error) {
        return error instanceof SQLClientInfoException fits
                ? fits
                : new SQLClientInfoException(
                        error.getMessage(), error.getSQLState(), Map.<String, ClientInfoStatus>of(), error);
    }

    private static String state(DatabaseException error) {
        if (error instanceof CommitOutcomeUnknownException) {
            return OUTCOME_UNKNOWN;
        }
        if (error instanceof TransactionManagementException) {
            return TRANSACTION_STATE;
        }
        if (error instanceof InterfaceException) {
            return CLOSED;
        }
        if (error instanceof DataException) {
            return DATA;
        }
        if (error instanceof ProgrammingException) {
            return WRONG_TEXT;
        }
        return error instanceof OperationalException ? "08006" : "HY000";
    }
}
