package dev.mooring.sqlite;

import dev.mooring.spi.Connector;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the session of a database in memory back as far as that goes without closing it: the usual pragmas, what the
 * connector sets, and what is temporary. Attached files stay, since one of them may be in memory, too.
 */
final class SqliteMemorySession {

    private static final List<String> PRAGMAS = List.of(
            "query_only = OFF",
            "ignore_check_constraints = OFF",
            "legacy_alter_table = OFF",
            "recursive_triggers = OFF",
            "reverse_unordered_selects = OFF",
            "writable_schema = OFF",
            "case_sensitive_like = OFF");

    /** The statement that drops each, and the one that empties it if it is a table. */
    private static final String TEMPORARY =
            "SELECT 'DROP ' || type || ' IF EXISTS ' || quoted, CASE type WHEN 'table' THEN 'DELETE FROM ' || quoted END"
                    + " FROM (SELECT type, 'temp.\"' || replace(name, '\"', '\"\"') || '\"' AS quoted"
                    + " FROM sqlite_temp_master WHERE type IN ('trigger', 'view', 'table') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\')"
                    + " ORDER BY type DESC";

    private SqliteMemorySession() {}

    /** Wants no transaction open. What cannot be dropped keeps nothing else from being set back. */
    static void reset(Connection connection, Connector connector) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String pragma : PRAGMAS) {
                statement.execute("PRAGMA " + pragma);
            }
            statement.execute("PRAGMA foreign_keys = OFF");
            try {
                dropTemporary(statement);
            } finally {
                statement.execute("PRAGMA foreign_keys = ON");
            }
        } finally {
            connector.initialize(connection);
        }
    }

    private static void dropTemporary(Statement statement) throws SQLException {
        SQLException failure = null;
        for (Temporary each : temporary(statement)) {
            try {
                each.drop(statement);
            } catch (SQLException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static List<Temporary> temporary(Statement statement) throws SQLException {
        List<Temporary> all = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(TEMPORARY)) {
            while (rows.next()) {
                all.add(new Temporary(rows.getString(1), rows.getString(2)));
            }
        }
        return all;
    }

    private record Temporary(String dropping, @Nullable String emptying) {

        /** SQLite drops no table while a statement has unread rows, but empties it. */
        void drop(Statement statement) throws SQLException {
            try {
                statement.execute(dropping);
            } catch (SQLException e) {
                if (emptying != null) {
                    statement.execute(emptying);
                }
                throw e;
            }
        }
    }
}
