package dev.mooring.mariadb;

import dev.mooring.config.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What each user of a connection is to find set in its session.
 *
 * @param database the database that names without another are of
 * @param variables assignments that every version of the server knows
 * @param isolationLevel the isolation level of a transaction that asks for none
 * @param readOnly whether a transaction that does not say so is read-only
 * @param commands what else is run, as it was given
 */
record MariadbSession(
        String database, String variables, String isolationLevel, boolean readOnly, List<String> commands) {

    /** What the driver has the server report, and a reset forgets. */
    private static final String TRACKED = "session_track_schema = 1, session_track_system_variables = 'autocommit,"
            + "character_set_client,character_set_connection,character_set_results,time_zone";

    private static final int MAX_STATEMENT_SECONDS = 31_536_000;

    static MariadbSession of(DatabaseSettings settings, MariadbOptions options) {
        String variables = "NAMES utf8mb4, autocommit = 1, sql_auto_is_null = 0, sql_mode = '" + options.sqlMode()
                + "', time_zone = '" + zoneName(settings.timeZone().orElse(ZoneOffset.UTC)) + "', max_statement_time = "
                + seconds(settings.statementTimeout());
        return new MariadbSession(
                settings.name(), variables, options.isolationLevel(), settings.readOnly(), options.initCommands());
    }

    /** The database is set last: the driver knows which one is in use, also after somebody's USE. */
    void set(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(hasTransactionVariables(connection))) {
                statement.execute(sql);
            }
        }
        if (!database.equals(connection.getCatalog())) {
            connection.setCatalog(database);
        }
    }

    /** {@return the statements that set all of it, for whichever version} */
    List<String> statements() {
        List<String> sql = new ArrayList<>(List.of(
                "SET " + variables,
                "SET SESSION TRANSACTION ISOLATION LEVEL " + isolationLevel.replace('-', ' '),
                "SET SESSION TRANSACTION READ " + (readOnly ? "ONLY" : "WRITE")));
        sql.addAll(commands);
        sql.add("USE " + MariadbDialect.quoted(database));
        return sql;
    }

    /** In one round trip, by the names that the version has for the variables of transactions. */
    private List<String> statements(boolean transactionVariables) {
        String prefix = transactionVariables ? "transaction" : "tx";
        List<String> sql = new ArrayList<>();
        sql.add("SET " + TRACKED + "," + prefix + "_isolation', " + variables + ", " + prefix + "_isolation = '"
                + isolationLevel + "', " + prefix + "_read_only = " + (readOnly ? 1 : 0));
        sql.addAll(commands);
        return sql;
    }

    /** Since 11.1.1; the older names are deprecated there. */
    private static boolean hasTransactionVariables(Connection connection) throws SQLException {
        return connection
                .unwrap(org.mariadb.jdbc.Connection.class)
                .getContext()
                .getVersion()
                .versionGreaterOrEqual(11, 1, 1);
    }

    /** The server knows offsets by themselves, and zones by name if they were loaded into it. */
    private static String zoneName(ZoneId zone) {
        if (!zone.getRules().isFixedOffset()) {
            return zone.getId();
        }
        ZoneOffset offset = zone.getRules().getOffset(Instant.EPOCH);
        return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
    }

    /** Zero is none, for the server as in the setting. */
    private static String seconds(Duration timeout) {
        long millis = Math.min(timeout.toMillis(), MAX_STATEMENT_SECONDS * 1000L);
        return timeout.isZero()
                ? "0"
                : String.format(Locale.ROOT, "%d.%03d", Math.max(millis, 1) / 1000, Math.max(millis, 1) % 1000);
    }
}
