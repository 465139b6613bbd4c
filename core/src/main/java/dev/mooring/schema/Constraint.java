package dev.mooring.schema;

import java.util.List;

/** A constraint of a table that is more than a trait of one column. Immutable. */
public sealed interface Constraint permits UniqueConstraint, CheckConstraint {

    /** {@return the name in {@code table}, of at most {@code maxLength} characters if it is an automatic one} */
    String name(String table, int maxLength);

    /** {@return the columns that it names, in order; none for one that is told by SQL alone} */
    List<String> columns();

    /** {@return whether it names that column, in its condition or elsewhere} */
    boolean names(String column);

    /** {@return this constraint after a column was renamed} */
    Constraint renamed(String from, String to);

    /** {@return this constraint after its table was renamed} */
    Constraint retargeted(String from, String to);
}
