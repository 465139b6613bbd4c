package dev.mooring.spi;

import java.util.Collection;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** How this database spells things. Pure: no connection, no state. */
public interface Dialect {

    /** {@return the dialect of the SQL standard} */
    static Dialect standard() {
        return new Dialect() {};
    }

    /** {@return {@code name} as a quoted identifier; a quote in it is doubled} */
    default String quoteName(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** {@return how it divides SQL into tokens and statements} */
    default SqlSyntax syntax() {
        return SqlSyntax.standard();
    }

    /**
     * {@return what the driver must be given so that the database sees a question mark that is no parameter}
     *
     * <p>SQL here has {@code %s} for its parameters, so a bare {@code ?} is an operator.
     */
    default String questionMark() {
        return "?";
    }

    /**
     * {@return the one parameter that a list behind IN is bound as, for {@link ValueCodec#bind}; null if each element is a
     * parameter}
     */
    default @Nullable Collection<?> inListParameter(Collection<?> elements) {
        return null;
    }

    /**
     * {@return the condition that a value is in a list of parameters, or is not, to stand behind the value} It has {@code %s}
     * once for each element, or once if the list is one {@linkplain #inListParameter parameter}. No value is in an empty list, and every one is not.
     *
     * @param negated whether it is NOT IN
     * @param size how many elements the list has
     */
    default String inList(boolean negated, int size) {
        String elements = size == 0 ? "SELECT NULL WHERE 1 = 0" : String.join(", ", Collections.nCopies(size, "%s"));
        return (negated ? "NOT IN (" : "IN (") + elements + ")";
    }

    /** {@return how many parameters a statement may have} More are refused before they reach the driver. */
    default int maxParameters() {
        return 65_535;
    }

    /** {@return whether the driver runs all of {@code sql}} One that drops what follows the first statement does not. */
    default boolean runsWhole(String sql) {
        return true;
    }

    /** {@return whether {@code sql} holds no statement: nothing but blanks, semicolons and comments} */
    default boolean isEmpty(String sql) {
        return !syntax().hasStatement(sql);
    }

    /** {@return whether the driver takes a text for which {@link #isEmpty} is true, and does nothing} */
    default boolean runsEmpty() {
        return true;
    }
}
