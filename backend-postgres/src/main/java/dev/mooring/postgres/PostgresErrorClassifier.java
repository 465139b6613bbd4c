package dev.mooring.postgres;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ErrorClassifier;
import dev.mooring.spi.ErrorVerdict;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/**
 * Goes by SQLSTATE, as psycopg does, where PostgreSQL or its driver mean something else by one than the standard.
 *
 * <p>A wrong password (28P01), a missing database (3D000) and a refused TLS handshake are no refusals: waiting does not
 * help, and trying again locks accounts.
 */
final class PostgresErrorClassifier implements ErrorClassifier {

    private static final ErrorClassifier STANDARD = ErrorClassifier.bySqlState();

    @Override
    public ErrorVerdict classify(SQLException error) {
        String state = error.getSQLState();
        return state == null || state.length() != 5 ? STANDARD.classify(error) : byState(state, error);
    }

    private static ErrorVerdict byState(String state, SQLException error) {
        return switch (state) {
            // The driver's own: a closed connection, a closed statement.
            case "08003" -> ErrorVerdict.condemned(ErrorKind.INTERFACE);
            case "55000" -> isDrivers(error) ? ErrorVerdict.benign(ErrorKind.INTERFACE) : STANDARD.classify(error);
            // A name that nobody knows will not be known in a second either.
            case "08001" ->
                error.getCause() instanceof UnknownHostException
                        ? ErrorVerdict.condemned(ErrorKind.OPERATIONAL)
                        : ErrorVerdict.refused();
            // From the driver it says that the two sides cannot agree on TLS or authentication.
            case "08004" -> isDrivers(error) ? ErrorVerdict.condemned(ErrorKind.OPERATIONAL) : ErrorVerdict.refused();
            // Unless the transaction is read-only, the server has become a standby: a new connection may find the
            // primary.
            case "25006" -> ErrorVerdict.condemned(ErrorKind.INTERNAL).refusingWrite();
            // The driver's "unexpected": an interrupted login, an unreadable setting.
            case "99999" -> ErrorVerdict.condemned(ErrorKind.OPERATIONAL);
            default -> byClass(state.substring(0, 2), error);
        };
    }

    private static ErrorVerdict byClass(String stateClass, SQLException error) {
        return switch (stateClass) {
            // No case found, several rows for one value, WITH CHECK OPTION: psycopg calls them programming errors.
            case "20", "21", "44" -> ErrorVerdict.benign(ErrorKind.PROGRAMMING);
            // Triggered data change; foreign data wrappers.
            case "27", "HV" -> ErrorVerdict.benign(ErrorKind.OPERATIONAL);
            // Cursor state, dependent objects (DROP without CASCADE), transaction end in a function: the statement's
            // fault.
            case "24", "2B", "2D" -> ErrorVerdict.benign(ErrorKind.INTERNAL);
            default -> STANDARD.classify(error);
        };
    }

    /** {@return whether the driver made the error up without the server} */
    private static boolean isDrivers(SQLException error) {
        return !(error instanceof PSQLException driver) || driver.getServerErrorMessage() == null;
    }
}
