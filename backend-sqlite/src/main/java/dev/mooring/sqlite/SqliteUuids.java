package dev.mooring.sqlite;

import dev.mooring.schema.SqlToken;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * UUIDs as text: 32 digits, as in Django. About one in a million has decimal digits only, or one {@code e} among them, and
 * looks like a number. A column whose declared type SQLite does not know, such as {@code uuid} itself, would store it as a
 * number, to which other UUIDs are rounded too. Where a statement names a table with such a column, such a UUID is written
 * with hyphens.
 */
final class SqliteUuids {

    /** Declared types that people give columns for UUIDs, and that SQLite takes for numbers. */
    private static final Set<String> TYPES =
            Set.of("UUID", "GUID", "UNIQUEIDENTIFIER", "STRING", "BINARY", "VARBINARY");

    private static final Pattern NUMBER = Pattern.compile("\\d+(?:e\\d+)?");

    private SqliteUuids() {}

    static String text(UUID value) {
        return value.toString().replace("-", "");
    }

    /** {@return the text to be bound to {@code statement}} */
    static String text(UUID value, PreparedStatement statement) throws SQLException {
        String digits = text(value);
        return NUMBER.matcher(digits).matches() && storesNumbers(statement) ? value.toString() : digits;
    }

    /** The driver's statements begin their own text with their SQL. */
    private static boolean storesNumbers(PreparedStatement statement) throws SQLException {
        List<String> names = SqlToken.of(statement.toString()).stream()
                .filter(SqlToken::isName)
                .map(SqlToken::text)
                .distinct()
                .toList();
        try (PreparedStatement types =
                statement.getConnection().prepareStatement("SELECT type FROM pragma_table_xinfo(?)")) {
            for (String name : names) {
                types.setString(1, name);
                try (ResultSet rows = types.executeQuery()) {
                    while (rows.next()) {
                        if (TYPES.contains(SqliteColumnReader.firstWord(rows.getString(1)))) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }
}
