package dev.mooring.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The prepared statements of one connection, bounded in number and in the length of their texts; the least recently used go
 * first. For the thread that leases the connection.
 */
final class StatementCache {

    /** The driver and the database each keep a copy of the text, and the plan grows with it. */
    private static final int MAX_CHARS = 256 * 1024;

    private final int maxSize;
    private final Map<String, CachedStatement> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int chars;

    StatementCache(int maxSize) {
        this.maxSize = maxSize;
    }

    CachedStatement take(Connection connection, SqlText text) throws SQLException {
        CachedStatement known = kept.get(text.sql());
        if (known == null || known.isInUse()) {
            return new CachedStatement(text, connection.prepareStatement(text.sql()));
        }
        known.reuse(text);
        return known;
    }

    /** Releases a statement whose rows are closed: keeps it, or closes it if it cannot be cached. */
    void release(CachedStatement used) throws SQLException {
        String sql = used.text().sql();
        CachedStatement known = kept.get(sql);
        if (known == used) {
            used.clear();
        } else if (known != null || !isStable(sql) || sql.length() > MAX_CHARS / 4) {
            used.jdbc().close();
            return;
        } else {
            used.clear();
            kept.put(sql, used);
            chars += sql.length();
        }
        used.endUse();
        evict();
    }

    /** Evicts and closes a statement that failed. */
    void evict(CachedStatement failed, Throwable because) {
        String sql = failed.text().sql();
        if (kept.remove(sql, failed)) {
            chars -= sql.length();
        }
        Failures.closeQuietly(failed.jdbc(), because);
    }

    private void evict() throws SQLException {
        if (kept.size() <= maxSize && chars <= MAX_CHARS) {
            return;
        }
        Iterator<CachedStatement> fromEldest = kept.values().iterator();
        while ((kept.size() > maxSize || chars > MAX_CHARS) && fromEldest.hasNext()) {
            CachedStatement eldest = fromEldest.next();
            if (!eldest.isInUse()) {
                fromEldest.remove();
                chars -= eldest.text().sql().length();
                eldest.jdbc().close();
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
