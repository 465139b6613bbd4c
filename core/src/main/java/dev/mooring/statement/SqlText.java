package dev.mooring.statement;

import java.util.List;

/**
 * A statement as the driver is to see it.
 *
 * @param sql the text with {@code ?} for each parameter
 * @param parameters how many parameters it takes; for a text that goes to the driver as it is, how many the driver would take
 *     for NULL if nobody set them
 * @param names the names of the parameters, in order, if they are named; else empty
 * @param leavesSessionAlone whether the session is the same afterwards
 * @param mayWrite whether it may change data
 * @param statements how many statements it is, each of which has a result
 * @param returning whether its rows, if it has any, are those that its last statement changed
 * @param counted whether the update count that the driver gives is this statement's own
 * @param use what it means for the transaction and the session around it
 * @param takesList whether a placeholder stands behind {@code IN} without parentheses, which only a list can fill
 */
public record SqlText(
        String sql,
        int parameters,
        List<String> names,
        boolean leavesSessionAlone,
        boolean mayWrite,
        int statements,
        boolean returning,
        boolean counted,
        SessionUse use,
        boolean takesList) {

    /** No statement. */
    public static final SqlText EMPTY = new SqlText("", 0, List.of(), true, false);

    public SqlText(String sql, int parameters, List<String> names, boolean leavesSessionAlone, boolean mayWrite) {
        this(sql, parameters, names, leavesSessionAlone, mayWrite, 1, false, true, SessionUse.NONE, false);
    }

    SqlText withList(boolean takesList) {
        return new SqlText(
                sql, parameters, names, leavesSessionAlone, mayWrite, statements, returning, counted, use, takesList);
    }

    SqlText withResults(int count, boolean ofChange, boolean counted) {
        return new SqlText(
                sql, parameters, names, leavesSessionAlone, mayWrite, count, ofChange, counted, use, takesList);
    }

    public SqlText with(SessionUse use) {
        return new SqlText(
                sql, parameters, names, leavesSessionAlone, mayWrite, statements, returning, counted, use, takesList);
    }

    public boolean several() {
        return statements > 1;
    }
}
