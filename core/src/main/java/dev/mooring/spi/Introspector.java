package dev.mooring.spi;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.ConstraintInfo;
import java.util.List;

/** Reads what the database says of itself. Used from any thread. */
public interface Introspector {

    /** {@return the names of the tables, and of the views if wanted, sorted by code point} */
    List<String> tableNames(SqlRunner sql, boolean includeViews);

    /** {@return the constraints and indexes of a table, in no order; empty for one that does not exist} */
    default List<ConstraintInfo> constraints(SqlRunner sql, String table) {
        throw ErrorKind.NOT_SUPPORTED.exception("The backend does not read constraints");
    }
}
