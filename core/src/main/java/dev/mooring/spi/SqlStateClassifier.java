package dev.mooring.spi;

import dev.mooring.error.ErrorKind;
import java.sql.SQLException;
import java.util.Set;

/**
 * What SQLSTATEs mean, for drivers that report them: those of the SQL standard, and those that PostgreSQL and the databases that
 * speak its protocol have beside them. The exceptions are those of PEP 249.
 */
final class SqlStateClassifier implements ErrorClassifier {

    private static final Set<String> REFUSALS = Set.of("53300", "57P03", "08001", "08004");

    @Override
    public ErrorVerdict classify(SQLException error) {
        String state = error.getSQLState();
        if (state == null || state.length() < 2) {
            return ErrorVerdict.connectionInvalid(ErrorKind.DATABASE);
        }
        if (REFUSALS.contains(state)) {
            return ErrorVerdict.refused();
        }
        return switch (state.substring(0, 2)) {
            case "22", "21" -> ErrorVerdict.benign(ErrorKind.DATA);
            case "23", "27", "44" -> ErrorVerdict.benign(ErrorKind.INTEGRITY);
            case "40" ->
                switch (state) {
                    // Serialization failure; 40P01 is PostgreSQL's and its likes' deadlock.
                    case "40001", "40P01" -> ErrorVerdict.benign(ErrorKind.TRANSACTION_CONFLICT);
                    case "40002" -> ErrorVerdict.benign(ErrorKind.INTEGRITY);
                    // "Statement completion unknown": of a commit, this says that its outcome is.
                    case "40003" -> ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL);
                    default -> ErrorVerdict.benign(ErrorKind.OPERATIONAL);
                };
            case "55" -> ErrorVerdict.benign(ErrorKind.OPERATIONAL);
            case "53", "54" -> ErrorVerdict.benign(ErrorKind.OPERATIONAL);
            case "57" ->
                state.equals("57014")
                        ? ErrorVerdict.benign(ErrorKind.OPERATIONAL)
                        : ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL);
            case "08", "58", "28" -> ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL);
            case "0A" -> ErrorVerdict.benign(ErrorKind.NOT_SUPPORTED);
            case "25" ->
                switch (state) {
                    // Unless the transaction is read-only, the server has become a replica.
                    case "25006" ->
                        ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL).refusingWrite();
                    // PostgreSQL's timeouts of a transaction, which end the session; the first ends an idle one.
                    case "25P03" ->
                        ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL).rolledBack();
                    case "25P04" -> ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL);
                    default -> ErrorVerdict.benign(ErrorKind.INTERNAL);
                };
            case "42", "3D", "3F", "26", "34", "3B", "2F", "38", "39", "P0" ->
                ErrorVerdict.benign(ErrorKind.PROGRAMMING);
            case "24", "2B", "2D", "XX" -> ErrorVerdict.connectionInvalid(ErrorKind.INTERNAL);
            default -> ErrorVerdict.connectionInvalid(ErrorKind.DATABASE);
        };
    }
}
