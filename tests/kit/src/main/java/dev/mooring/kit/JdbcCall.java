package dev.mooring.kit;

import org.jspecify.annotations.Nullable;

/**
 * One call of the driver, or of {@code Connector.open}.
 *
 * @param number its place in the order of calls over all connections, from 1
 * @param connection the connection it belongs to, numbered in the order of opening from 1
 * @param method the interface and the method: {@code Connection.prepareStatement}
 * @param sql the text it sends or was prepared with; null if there is none
 */
public record JdbcCall(
        int number, int connection, String method, @Nullable String sql) {

    /** {@return whether this is {@code name}: a method, or an interface and a method with a dot between} */
    public boolean isOf(String name) {
        return method.equals(name) || method.endsWith("." + name);
    }

    /** {@return whether the text begins with {@code words}, in upper or lower case} */
    public boolean says(String words) {
        return sql != null && sql.strip().regionMatches(true, 0, words, 0, words.length());
    }
}
