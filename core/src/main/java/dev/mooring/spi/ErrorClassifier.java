package dev.mooring.spi;

import java.sql.SQLException;

/** Says what a driver's exception means. Pure, and tested from a table. */
@FunctionalInterface
public interface ErrorClassifier {

    /** {@return the classifier that goes by the class of the SQLSTATE} */
    static ErrorClassifier bySqlState() {
        return new SqlStateClassifier();
    }

    /** {@return the meaning of {@code error}} */
    ErrorVerdict classify(SQLException error);
}
