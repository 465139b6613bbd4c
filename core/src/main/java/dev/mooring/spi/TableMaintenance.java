package dev.mooring.spi;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import java.util.List;

/**
 * Empties tables, sets the numbers of their rows right, and checks what was not checked. No state; used from any thread.
 * What a backend does not do is refused.
 */
public interface TableMaintenance {

    /** {@return a part that does none of it} */
    static TableMaintenance none() {
        return new TableMaintenance() {};
    }

    /**
     * {@return the statements that delete all rows of {@code tables}} Nothing is run. A table comes before those it refers
     * to, except in a circle.
     *
     * @param resetSequences whether the next row of each is to be the first again
     */
    default List<String> sqlFlush(SqlRunner sql, List<String> tables, boolean resetSequences) {
        throw notDone("flush tables");
    }

    /** {@return the queries after which the next row of a table gets a number above all that are there} Nothing is run. */
    default List<String> sequenceResetSql(SqlRunner sql, String table) {
        throw notDone("reset sequences");
    }

    /**
     * Has the session check no foreign keys.
     *
     * @return false if that changed nothing: they are not checked anyway, or the database cannot do so now or ever
     */
    default boolean disableConstraintChecking(SqlRunner sql) {
        return false;
    }

    /** Takes back a {@link #disableConstraintChecking} that returned true. */
    default void enableConstraintChecking(SqlRunner sql) {}

    /**
     * Makes now the checks that were disabled or put off.
     *
     * @param tables those to check if they can be told apart; all if empty
     * @return what is violated, in words; a database may just as well have its own error
     */
    default List<String> checkConstraints(SqlRunner sql, List<String> tables) {
        throw notDone("check constraints");
    }

    private static DatabaseException notDone(String what) {
        return ErrorKind.NOT_SUPPORTED.exception("This backend's table maintenance does not " + what);
    }
}
