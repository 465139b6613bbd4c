package dev.mooring.mariadb;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Goes by the server's error numbers, as mysqlclient and Django do. An SQLSTATE says less: that of a missing column is also that of
 * a connection that has no right to a table.
 */
final class MariadbErrorClassifier implements ErrorClassifier {

    /** What writes and reads messages: an exception made in it may have left one half sent, on the wire or in a buffer. */
    private static final ErrorOrigin ORIGIN = new ErrorOrigin(
            List.of("org.mariadb.jdbc.", "dev.mooring.mariadb."),
            Set.of(
                    "org.mariadb.jdbc.client.impl.StandardClient",
                    "org.mariadb.jdbc.client.socket.Reader",
                    "org.mariadb.jdbc.client.socket.Writer"));

    private static final String BEFORE_VALUE =
            "(?s)(.*?(?:Duplicate entry|Incorrect [a-z]+ value:|Truncated incorrect [A-Za-z]+ value:) ')";

    /** What stands behind the value is a name, whatever the value holds. */
    private static final Pattern VALUE_AND_NAME =
            Pattern.compile(BEFORE_VALUE + ".*(' for (?:key|column|function) .*)");

    private static final Pattern VALUE = Pattern.compile(BEFORE_VALUE + ".*('.*)");

    /** The one message with a value in no quotes: that of a row that no partition takes. */
    private static final Pattern UNQUOTED_VALUE = Pattern.compile("(?s)(.*no partition for value ).*");

    private static final Pattern NAME = Pattern.compile("`([^`]*)`");

    /** "Connection is closed", with which the driver answers by itself. */
    static final int DRIVER_CLOSED = 1220;

    @Override
    public ErrorVerdict classify(SQLException error) {
        if (error instanceof BatchUpdateException && error.getCause() instanceof SQLException first) {
            return classify(first);
        }
        int number = error.getErrorCode();
        return number > 0 && number != DRIVER_CLOSED ? byNumber(number, error) : ofDriver(error);
    }

    @Override
    public boolean isSoundAfter(RuntimeException error) {
        return ORIGIN.isOutsideProtocol(error);
    }

    /** Such as a savepoint, which XA forbids. The server itself commits where others refuse. */
    @Override
    public boolean refusesTransaction(SQLException error) {
        return error.getErrorCode() == 1568 || error.getErrorCode() == 1399;
    }

    @Override
    public String wayOut(SQLException error) {
        return switch (error.getErrorCode()) {
            case 1298 ->
                "; the server takes offsets from -12:59 to +13:00, and zones by name once mariadb-tzinfo-to-sql has loaded them: set timeZone to one of these";
            case 1153 ->
                "; what is sent at once is bounded by max_allowed_packet, in the server and in the option maxAllowedPacket: raise it, or send less";
            default -> "";
        };
    }

    /**
     * {@return the server's message} It quotes names in backticks and values in apostrophes; where a value is followed by the name of
     * a key or a column, that stays.
     */
    @Override
    public String withoutValues(SQLException error, String shown) {
        String message = String.valueOf(error.getMessage());
        Matcher unquoted = UNQUOTED_VALUE.matcher(message);
        if (error.getErrorCode() == 1526 && unquoted.matches()) {
            return unquoted.group(1) + HiddenValues.HIDDEN;
        }
        for (Pattern pattern : List.of(VALUE_AND_NAME, VALUE)) {
            Matcher value = pattern.matcher(message);
            if (value.matches()) {
                return value.group(1) + HiddenValues.HIDDEN + value.group(2);
            }
        }
        Matcher names = NAME.matcher(message);
        StringBuilder known = new StringBuilder(shown);
        while (names.find()) {
            known.append(' ').append(names.group(1));
        }
        return HiddenValues.hide(message, known.toString());
    }

    private static ErrorVerdict ofDriver(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        if (error.getErrorCode() == DRIVER_CLOSED) {
            return ErrorVerdict.connectionInvalid(ErrorKind.INTERFACE);
        } else if (state.startsWith("08")) {
            return isConnecting(error) ? ErrorVerdict.refused() : ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL);
        } else if (!ORIGIN.isOutsideProtocol(error)) {
            return ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL);
        }
        return ErrorVerdict.benign(
                state.startsWith("0A")
                        ? ErrorKind.NOT_SUPPORTED
                        : state.startsWith("22") ? ErrorKind.DATA : ErrorKind.PROGRAMMING);
    }

    /** {@return whether nobody listened there, or nobody answered} A server without TLS will have none in a second either, and a name that nobody knows will not be known. */
    private static boolean isConnecting(SQLException error) {
        String message = String.valueOf(error.getMessage());
        return (message.contains("connect to ") || message.contains("connecting to "))
                && !(error.getCause() instanceof UnknownHostException);
    }

    private static ErrorVerdict byNumber(int number, SQLException error) {
        return switch (number) {
            // Full, shutting down, or a limit of this user's.
            case 1040, 1053, 1203, 1226 -> ErrorVerdict.refused();
            // Killed; aborted by the server; the network; too large a packet; a node of a cluster that is out of it.
            case 1927, 1152, 1153, 1154, 1155, 1156, 1157, 1158, 1159, 1160, 1161, 1184, 1047, 4031 ->
                ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL);
            // Not let in; out of memory; in the midst of a commit or a rollback.
            case 1045, 1129, 1130, 1251, 1037, 1041, 1180, 1181 ->
                ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL);
            // A deadlock, a row that another has changed since, XA's deadlock: the transaction is rolled back as a
            // whole.
            case 1213, 1020, 1614 ->
                ErrorVerdict.benign(ErrorKind.TRANSACTION_CONFLICT).rolledBack();
            case 1792 -> ErrorVerdict.benign(ErrorKind.OPERATIONAL).refusingWrite();
            // The server runs with an option that forbids it: with --read-only it is a replica.
            case 1290, 1836 ->
                String.valueOf(error.getMessage()).contains("read")
                        ? ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL).refusingWrite()
                        : ErrorVerdict.benign(ErrorKind.OPERATIONAL);
            // The server prepares anew what it had prepared before the schema changed.
            case 1615 -> ErrorVerdict.stale();
            default ->
                String.valueOf(error.getSQLState()).startsWith("08")
                        ? ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL)
                        : ErrorVerdict.benign(kind(number));
        };
    }

    /** {@return the exception of PEP 249, as mysqlclient has it, with what Django corrects} */
    private static ErrorKind kind(int number) {
        return switch (number) {
            // Database exists, syntax, no such table, wrong names, a field twice, groups, columns.
            case 1007, 1064, 1065, 1146, 1102, 1103, 1110, 1111, 1112, 1113, 1149, 1179 -> ErrorKind.PROGRAMMING;
            // Truncated, null, out of range, no default, too long, an overflow, a wrong value.
            case 1263, 1264, 1265, 1230, 1171, 1406, 1441, 1292, 1366, 1367, 1411 -> ErrorKind.DATA;
            // Duplicates, foreign keys, no default, null, a number below zero, checks.
            case 1062, 1215, 1216, 1217, 1364, 1451, 1452, 1048, 1586, 1690, 3819, 4025, 1557, 1761, 1762 ->
                ErrorKind.INTEGRITY;
            case 1196, 1235, 1289, 1286 -> ErrorKind.NOT_SUPPORTED;
            default -> ErrorKind.OPERATIONAL;
        };
    }
}
