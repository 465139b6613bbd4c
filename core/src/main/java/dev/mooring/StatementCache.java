package dev.mooring;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The prepared statements of one connection, those used last at the end. For the thread that leases the connection. */
final class StatementCache {

    private final int most;
    private final Map<String, KeptStatement> kept = new LinkedHashMap<>(16, 0.75f, true);

    StatementCache(int most) {
        this.most = most;
    }

    KeptStatement take(Connection connection, String sql) throws SQLException {
        KeptStatement known = kept.get(sql);
        if (known == null || known.isInUse()) {
            return new KeptStatement(sql, connection.prepareStatement(sql));
        }
        known.inUse(true);
        return known;
    }

    /**
     * Takes a statement back, or closes it if it is not worth keeping.
     *
     * @param parameters what was bound, of which nothing is to stay behind but numbers
     */
    void giveBack(KeptStatement used, @Nullable Object[] parameters) throws SQLException {
        if (!isStable(used.sql())) {
            used.jdbc().close();
            return;
        }
        if (holdsMoreThanNumbers(parameters)) {
            used.jdbc().clearParameters();
        }
        @Nullable KeptStatement known = kept.putIfAbsent(used.sql(), used);
        if (known != null && known != used) {
            used.jdbc().close();
            return;
        }
        used.inUse(false);
        if (kept.size() > most) {
            evictEldest();
        }
    }

    /** Forgets a statement that failed, and closes it. */
    void drop(KeptStatement failed, Throwable because) {
        kept.remove(failed.sql(), failed);
        Statements.closeQuietly(failed.jdbc(), because);
    }

    private void evictEldest() throws SQLException {
        Iterator<KeptStatement> fromEldest = kept.values().iterator();
        KeptStatement eldest = fromEldest.next();
        if (!eldest.isInUse()) {
            fromEldest.remove();
            eldest.jdbc().close();
        }
    }

    private static boolean holdsMoreThanNumbers(@Nullable Object[] parameters) {
        for (Object parameter : parameters) {
            if (!(parameter instanceof Number)) {
                return true;
            }
        }
        return false;
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
