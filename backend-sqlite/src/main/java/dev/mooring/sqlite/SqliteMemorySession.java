package dev.mooring.sqlite;

import dev.mooring.spi.Connector;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

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

    private static final String TEMPORARY =
            "SELECT 'DROP ' || type || ' IF EXISTS temp.\"' || replace(name, '\"', '\"\"') || '\"'"
                    + " FROM sqlite_temp_master WHERE type IN ('trigger', 'view', 'table') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                    + " ORDER BY type DESC";

    private SqliteMemorySession() {}

    /** Wants no transaction open. */
    static void reset(Connection connection, Connector connector) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String pragma : PRAGMAS) {
                statement.execute("PRAGMA " + pragma);
            }
            statement.execute("PRAGMA foreign_keys = OFF");
            for (String drop : temporary(statement)) {
                statement.execute(drop);
            }
            statement.execute("PRAGMA foreign_keys = ON");
        }
        connector.initialize(connection);
    }

    private static List<String> temporary(Statement statement) throws SQLException {
        List<String> drops = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(TEMPORARY)) {
            while (rows.next()) {
                drops.add(rows.getString(1));
            }
        }
        return drops;
    }
}
