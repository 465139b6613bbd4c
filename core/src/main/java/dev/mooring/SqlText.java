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
 */
record SqlText(String sql, int parameters, List<String> names, boolean leavesSessionAlone, boolean mayWrite) {}
