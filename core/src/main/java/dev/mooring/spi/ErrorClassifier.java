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

    /** {@return what is to be said to whoever wrote the statement, as "; cast it"; empty if the driver's words are enough} */
    default String wayOut(SQLException error) {
        return "";
    }

    /**
     * {@return what the driver says, without values of rows or parameters} They may be secrets, and messages are logged. What is
     * in {@code shown} anyway, such as a literal in the text of the statement, may stay.
     *
     * @param shown what stands in the message besides, the text of the statement among it
     */
    default String withoutValues(SQLException error, String shown) {
        return HiddenValues.hide(String.valueOf(error.getMessage()), shown);
    }

    /** {@return whether the statement failed only because it was in a transaction} SQLSTATE 25001 says so. */
    default boolean refusesTransaction(SQLException error) {
        return "25001".equals(error.getSQLState());
    }

    /**
     * {@return whether the connection is valid after {@code error}, which the driver threw instead of an {@code SQLException}}
     * Say yes only if it cannot have been in the middle of a message; see {@link ErrorOrigin}.
     */
    default boolean isSoundAfter(RuntimeException error) {
        return false;
    }
}
