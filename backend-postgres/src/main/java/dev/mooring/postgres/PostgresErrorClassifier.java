package dev.mooring.postgres;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ErrorClassifier;
import dev.mooring.spi.ErrorOrigin;
import dev.mooring.spi.ErrorVerdict;
import dev.mooring.spi.HiddenValues;
import java.net.UnknownHostException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Goes by SQLSTATE, as psycopg does, where PostgreSQL or its driver mean something else by one than the standard.
 *
 * <p>A wrong password (28P01), a missing database (3D000) and a refused TLS handshake are no refusals: waiting does not
 * help, and trying again locks accounts.
 */
final class PostgresErrorClassifier implements ErrorClassifier {

    private static final ErrorClassifier STANDARD = ErrorClassifier.bySqlState();
    private static final Pattern DRIVERS_STATEMENT = Pattern.compile("\\bS_\\d+\\b");

    /** "Dependent objects still exist". */
    private static final String DEPENDENTS = "2BP01";

    /** The server quotes no date and no time that it made of numbers. */
    private static final Pattern UNQUOTED_VALUE =
            Pattern.compile("^((?:date|time|timestamp)[a-z ]* out of range: )[^\"].*");

    /** What the driver says of a failed batch: the entry, its text with the parameters in it, and the server's message. */
    private static final Pattern BATCH_ENTRY = Pattern.compile("(?s)^(Batch entry [0-9]+) .*");

    /** What the driver says of a text that it cannot read as a number or a time. */
    private static final Pattern DRIVER_VALUE = Pattern.compile("(?s)^(Bad value for type [^:]*: ).*");

    /** What writes and reads messages: an exception made in it may have left one half sent, on the wire or in a buffer. */
    private static final ErrorOrigin ORIGIN = new ErrorOrigin(
            List.of("org.postgresql.", "dev.mooring.postgres."),
            Set.of("org.postgresql.core.PGStream", "org.postgresql.core.v3.QueryExecutorImpl"));

    @Override
    public ErrorVerdict classify(SQLException error) {
        String state = error.getSQLState();
        ErrorVerdict verdict = state == null || state.length() != 5 ? STANDARD.classify(error) : byState(state, error);
        return verdict.isBenign() || verdict.isRefusal() || !isDriversAlone(error) ? verdict : unsent(verdict, state);
    }

    /** {@return the verdict on an error that the driver made outside of any message} Its kind is that of a wrong call. */
    private static ErrorVerdict unsent(ErrorVerdict verdict, @Nullable String state) {
        boolean unknown = verdict.kind() == ErrorKind.DATABASE || state == null;
        return ErrorVerdict.benign(unknown ? ErrorKind.PROGRAMMING : verdict.kind());
    }

    /** {@return whether the driver made {@code error} up, and not about the connection (class 08)} */
    private static boolean isDriversAlone(SQLException error) {
        String state = error.getSQLState();
        return isDrivers(error) && (state == null || !state.startsWith("08")) && ORIGIN.isOutsideProtocol(error);
    }

    @Override
    public boolean isSoundAfter(RuntimeException error) {
        return ORIGIN.isOutsideProtocol(error);
    }

    /**
     * {@return the server's message and hint} Its details and its context hold rows and parameters, but for those that name what
     * depends on an object. A name that the server took from a function's body is none.
     */
    @Override
    public String withoutValues(SQLException error, String shown) {
        if (error instanceof BatchUpdateException && error.getCause() instanceof PSQLException first) {
            return BATCH_ENTRY.matcher(String.valueOf(error.getMessage())).replaceFirst("$1: ")
                    + withoutValues(first, shown);
        }
        ServerErrorMessage server = error instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
        if (server == null) {
            return DRIVER_VALUE.matcher(STANDARD.withoutValues(error, shown)).replaceFirst("$1" + HiddenValues.HIDDEN);
        }
        String known = shown + names(server);
        String message = isOfFunction(server)
                ? String.valueOf(server.getMessage())
                : HiddenValues.hide(String.valueOf(server.getMessage()), known);
        String safe =
                server.getSeverity() + ": " + UNQUOTED_VALUE.matcher(message).replaceFirst("$1" + HiddenValues.HIDDEN);
        return safe
                + (tellsDependents(server) ? "\n  Detail: " + server.getDetail() : "")
                + (server.getHint() == null ? "" : "\n  Hint: " + server.getHint())
                + (server.getPosition() == 0 ? "" : "\n  Position: " + server.getPosition());
    }

    /** {@return whether a table, column or function that a function of the database named does not exist} */
    private static boolean isOfFunction(ServerErrorMessage server) {
        String where = server.getWhere();
        String state = String.valueOf(server.getSQLState());
        return state.startsWith("42")
                && !state.equals("42601")
                && !state.equals("42602")
                && where != null
                && (where.startsWith("PL/pgSQL function") || where.startsWith("SQL function"));
    }

    /** {@return whether the server's details are the names of what depends on an object} RAISE may choose any SQLSTATE. */
    private static boolean tellsDependents(ServerErrorMessage server) {
        return DEPENDENTS.equals(server.getSQLState())
                && server.getDetail() != null
                && !"exec_stmt_raise".equals(server.getRoutine());
    }

    private static String names(ServerErrorMessage server) {
        return " %s %s %s %s %s"
                .formatted(
                        server.getSchema(),
                        server.getTable(),
                        server.getColumn(),
                        server.getDatatype(),
                        server.getConstraint());
    }

    /** Also a COMMIT within a procedure, and a new value of an enum before the transaction that adds it is over. */
    @Override
    public boolean refusesTransaction(SQLException error) {
        String state = error.getSQLState();
        return "25001".equals(state) || "2D000".equals(state) || "55P04".equals(state);
    }

    /** Texts and nulls have no type of their own: ADR 30. */
    @Override
    public String wayOut(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return switch (state) {
            case "42P18", "42804", "42725" ->
                "; texts and nulls go without a type, which PostgreSQL works out from their place: where it cannot, cast them,"
                        + " such as %s::text";
            default -> "";
        };
    }

    private static ErrorVerdict byState(String state, SQLException error) {
        return switch (state) {
            // The driver's own: a closed connection, a closed statement.
            case "08003" -> ErrorVerdict.connectionInvalid(ErrorKind.INTERFACE);
            case "55000" -> isDrivers(error) ? ErrorVerdict.benign(ErrorKind.INTERFACE) : STANDARD.classify(error);
            // A name that nobody knows will not be known in a second either.
            case "08001" ->
                error.getCause() instanceof UnknownHostException
                        ? ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL)
                        : ErrorVerdict.refused();
            // From the driver it says that the two sides cannot agree on TLS or authentication.
            case "08004" ->
                isDrivers(error) ? ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL) : ErrorVerdict.refused();
            // The driver forgets its prepared statements when it sees either, and prepares them anew.
            case "0A000" -> isStalePlan(error) ? ErrorVerdict.stale() : STANDARD.classify(error);
            case "26000" -> isDriversStatement(error) ? ErrorVerdict.stale() : STANDARD.classify(error);
            // The driver's "unexpected": an interrupted login, an unreadable setting.
            case "99999" -> ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL);
            default -> byClass(state.substring(0, 2), error);
        };
    }

    private static ErrorVerdict byClass(String stateClass, SQLException error) {
        return switch (stateClass) {
            // No case found, several rows for one value, WITH CHECK OPTION: psycopg calls them programming errors.
            case "20", "21", "44" -> ErrorVerdict.benign(ErrorKind.PROGRAMMING);
            // Triggered data change; foreign data wrappers.
            case "27", "HV" -> ErrorVerdict.benign(ErrorKind.OPERATIONAL);
            // Cursor state, DROP without CASCADE, transaction end in a function: the fault of the statement.
            case "24", "2B", "2D" -> ErrorVerdict.benign(ErrorKind.INTERNAL);
            default -> STANDARD.classify(error);
        };
    }

    /** {@return whether it is "cached plan must not change result type", in whatever language} */
    private static boolean isStalePlan(SQLException error) {
        ServerErrorMessage server = serverError(error);
        return server != null && "RevalidateCachedQuery".equals(server.getRoutine());
    }

    /** {@return whether the missing statement is one of the driver's, and not one of somebody's PREPARE} */
    private static boolean isDriversStatement(SQLException error) {
        ServerErrorMessage server = serverError(error);
        String message = server == null ? null : server.getMessage();
        return message != null && DRIVERS_STATEMENT.matcher(message).find();
    }

    /** {@return what the server said; null if it said nothing} A batch has it in its cause. */
    private static @Nullable ServerErrorMessage serverError(SQLException error) {
        Throwable cause = error instanceof BatchUpdateException ? error.getCause() : error;
        return cause instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
    }

    /** {@return whether the driver made the error up without the server} */
    private static boolean isDrivers(SQLException error) {
        return !(error instanceof PSQLException driver) || driver.getServerErrorMessage() == null;
    }
}
