package dev.mooring;

import dev.mooring.schema.ConstraintInfo;
import dev.mooring.spi.Introspector;
import dev.mooring.spi.SqlRunner;
import java.util.List;

/**
 * What a database says of its tables: Django's {@code connection.introspection}. Asks anew each time, through the calling
 * thread's wrapper, so inside {@code atomic} it sees what was done there. Thread-safe.
 */
public final class Introspection {

    private final Database database;
    private final Introspector introspector;

    Introspection(Database database) {
        this.database = database;
        this.introspector = database.backend().introspector();
    }

    /** {@return the names of the tables, sorted by code point} */
    public List<String> tableNames() {
        return introspector.tableNames(sql(), false);
    }

    /** {@return the names of the tables and views, sorted by code point} */
    public List<String> tableAndViewNames() {
        return introspector.tableNames(sql(), true);
    }

    /** {@return the constraints and indexes of a table; empty for one that does not exist} */
    public List<ConstraintInfo> constraints(String table) {
        return introspector.constraints(sql(), table);
    }

    private SqlRunner sql() {
        return new CursorSqlRunner(database.get());
    }
}
