package dev.mooring;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prepared statements of one connection, those used last at the end. One that is in use is not in here. For the thread
 * that leases the connection.
 */
final class StatementCache {

    private final int most;
    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>(16, 0.75f, true);

    StatementCache(int most) {
        this.most = most;
    }

    PreparedStatement take(Connection connection, String sql) throws SQLException {
        PreparedStatement known = idle.remove(sql);
        return known == null ? connection.prepareStatement(sql) : known;
    }

    /** Takes a statement back, or closes it if it is not worth keeping. */
    void giveBack(String sql, PreparedStatement used) throws SQLException {
        if (!isStable(sql)) {
            used.close();
            return;
        }
        used.clearParameters();
        @Nullable PreparedStatement twin = idle.put(sql, used);
        if (twin != null) {
            twin.close();
        } else if (idle.size() > most) {
            String eldest = idle.keySet().iterator().next();
            PreparedStatement evicted = idle.remove(eldest);
            if (evicted != null) {
                evicted.close();
            }
        }
    }

    /** A driver may remember which columns a star stood for when the statement was prepared. */
    private static boolean isStable(String sql) {
        for (int star = sql.indexOf('*'); star >= 0; star = sql.indexOf('*', star + 1)) {
            boolean counts = star > 0 && sql.charAt(star - 1) == '(' && sql.startsWith(")", star + 1);
            if (!counts) {
                return false;
            }
        }
        return true;
    }
}
