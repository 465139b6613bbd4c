package dev.mooring.example.h2;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ErrorClassifier;
import dev.mooring.spi.ErrorVerdict;
import java.sql.SQLException;
import java.util.Set;

/** Goes by H2's error codes where the SQLSTATE is H2's own, and by the SQLSTATE otherwise. */
final class H2ErrorClassifier implements ErrorClassifier {

    /** The connection is broken, the database is closed, the file cannot be read or written; or it is not known what happened. */
    private static final Set<Integer> GONE = Set.of(50000, 50100, 90028, 90030, 90031, 90067, 90098, 90121);

    private final ErrorClassifier bySqlState = ErrorClassifier.bySqlState();

    @Override
    public ErrorVerdict classify(SQLException error) {
        int code = error.getErrorCode();
        return switch (code) {
            // A deadlock: the transaction has been rolled back as a whole, and the session goes on.
            case 40001 -> ErrorVerdict.benign(ErrorKind.TRANSACTION_CONFLICT).rolledBack();
            case 90131 -> ErrorVerdict.benign(ErrorKind.TRANSACTION_CONFLICT);
            // A lock that was waited for too long, a statement that was cancelled or ran too long.
            case 50200, 57014 -> ErrorVerdict.benign(ErrorKind.OPERATIONAL);
            // A value where there is no row.
            case 2000 -> ErrorVerdict.benign(ErrorKind.PROGRAMMING);
            // Another process has the file.
            case 90020 -> ErrorVerdict.refused();
            default -> isOfH2(code) ? ErrorVerdict.benign(ErrorKind.PROGRAMMING) : bySqlState.classify(error);
        };
    }

    private static boolean isOfH2(int code) {
        return (code / 1000 == 90 || code / 1000 == 50) && !GONE.contains(code);
    }
}
