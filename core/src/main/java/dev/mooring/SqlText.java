package dev.mooring;

import java.util.List;

/**
 * A statement as the driver is to see it.
 *
 * @param sql the text with {@code ?} for each parameter
 * @param parameters how many parameters it takes
 * @param names the names of the parameters, in order, if they are named; else empty
 * @param leavesSessionAlone whether the session is the same afterwards
 * @param mayWrite whether it may change data
 * @param several whether it is several statements, each of which has a result
 * @param returning whether its rows, if it has any, are those that its last statement changed
 */
record SqlText(
        String sql,
        int parameters,
        List<String> names,
        boolean leavesSessionAlone,
        boolean mayWrite,
        boolean several,
        boolean returning) {

    SqlText(String sql, int parameters, List<String> names, boolean leavesSessionAlone, boolean mayWrite) {
        this(sql, parameters, names, leavesSessionAlone, mayWrite, false, false);
    }
}
