package dev.mooring.kit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many sessions the database itself sees of this process: the count that a pool cannot get wrong. */
@FunctionalInterface
public interface ServerCount {

    /**
     * What a database sees.
     *
     * @param open sessions
     * @param inTransaction those of them that are in a transaction and do nothing
     */
    record Sessions(int open, int inTransaction) {}

    /** {@return the sessions now} */
    Sessions now();

    /**
     * {@return the count of how often this process has {@code file} open} For databases that are a file. Always none on a
     * system without {@code /proc/self/fd}.
     */
    static ServerCount descriptorsOf(Path file) {
        requireNonNull(file, "file");
        return () -> new Sessions(OpenDescriptors.of(file), 0);
    }

    /**
     * {@return the count that {@code query} answers on {@code plain}} It has one row, with the number of sessions other than that of
     * {@code plain} itself, and of those that are in a transaction and do nothing.
     */
    static ServerCount of(Connection plain, String query) {
        requireNonNull(plain, "plain");
        requireNonNull(query, "query");
        return () -> {
            try (Statement statement = plain.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return new Sessions(rows.getInt(1), rows.getInt(2));
            } catch (SQLException e) {
                throw new IllegalStateException("Could not count sessions by: " + query, e);
            }
        };
    }
}
