package dev.mooring.spi;

import java.util.List;

/** Reads what the database says of itself. Used from any thread. */
public interface Introspector {

    /** {@return the names of the tables, and of the views if wanted, sorted by code point} */
    List<String> tableNames(SqlRunner sql, boolean includeViews);
}
