package dev.mooring;

import dev.mooring.error.DatabaseException;
import dev.mooring.spi.Backend;
import dev.mooring.spi.ErrorVerdict;
import java.sql.SQLException;

/** Turns what a driver throws into the family of PEP 249, with the driver's exception as its cause. Any thread. */
final class ErrorTranslator {

    private final String alias;
    private final Backend backend;

    ErrorTranslator(String alias, Backend backend) {
        this.alias = alias;
        this.backend = backend;
    }

    ErrorVerdict classify(SQLException error) {
        return backend.errorClassifier().classify(error);
    }

    /** {@return the exception to throw; {@code attempt} ends the sentence "Could not ... on database 'x'"} */
    DatabaseException translate(SQLException error, String attempt) {
        return classify(error).kind().exception(message(error, attempt), error);
    }

    String message(SQLException error, String attempt) {
        String state = error.getSQLState() == null ? "" : " (SQLSTATE " + error.getSQLState() + ")";
        return "Could not %s on database '%s': %s%s".formatted(attempt, alias, error.getMessage(), state);
    }
}
