package dev.mooring.postgres;

import dev.mooring.spi.SessionRules;
import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.StatementTrait;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.PGStatement;

/**
 * What a session of PostgreSQL remembers. What runs SQL that it is given in a text may change it too; a function of the
 * user's that changes it is not seen.
 */
final class PostgresSessionRules implements SessionRules {

    /** {@code nextval} is not among them: what it leaves, {@code currval}, nobody can rely on outside a transaction. */
    private static final Set<String> FUNCTIONS = Set.of(
            "set_config",
            "pg_settings",
            "query_to_xml",
            "query_to_xml_and_xmlschema",
            "cursor_to_xml",
            "setseed",
            "ts_stat",
            "ts_rewrite",
            "pg_advisory_lock",
            "pg_advisory_lock_shared",
            "pg_try_advisory_lock",
            "pg_try_advisory_lock_shared",
            "pg_advisory_unlock",
            "pg_advisory_unlock_shared",
            "pg_advisory_unlock_all",
            "pg_backup_start",
            "pg_create_logical_replication_slot",
            "pg_create_physical_replication_slot",
            "pg_replication_origin_session_setup",
            "pg_replication_origin_session_reset",
            "dblink_connect",
            "dblink_connect_u",
            "dblink_disconnect",
            "dblink_open",
            // Of pg_trgm, tablefunc and xml2.
            "set_limit",
            "crosstab",
            "crosstab2",
            "crosstab3",
            "crosstab4",
            "crosstab_hash",
            "connectby",
            "xpath_table");

    /** Of pgjdbc's interfaces. What types a connection knows is no state of the session. */
    private static final Set<String> DRIVER_CALLS = Set.of(
            "addDataType",
            "createArrayOf",
            "escapeIdentifier",
            "escapeLiteral",
            "escapeString",
            "getBackendPID",
            "getPrepareThreshold",
            "getDefaultFetchSize",
            "getAutosave",
            "getPreferQueryMode",
            "getParameterStatus",
            "getParameterStatuses",
            "getAdaptiveFetch",
            "getNotifications",
            "getEncoding",
            "getTypeInfo",
            "getTransactionState",
            "getServerMajorVersion",
            "getServerMinorVersion",
            "haveMinimumServerVersion",
            "cancelQuery");

    private static final Set<String> TEMPORARY = Set.of("temp", "temporary", "pg_temp");

    private final PostgresConnector connector;
    private final Duration timeout;
    private final SessionRules words = SessionRules.byWords(PostgresDialect.SYNTAX, harmless());

    PostgresSessionRules(PostgresConnector connector, Duration timeout) {
        this.connector = connector;
        this.timeout = timeout;
    }

    @Override
    public boolean leavesSessionAlone(String sql) {
        return words.leavesSessionAlone(sql);
    }

    @Override
    public boolean leavesSessionAlone(Method method) {
        return method.getDeclaringClass() == PGStatement.class
                || method.getDeclaringClass() == PGResultSetMetaData.class
                || (method.getDeclaringClass().getName().startsWith("org.postgresql.")
                        && DRIVER_CALLS.contains(method.getName()));
    }

    @Override
    public Optional<String> readOnly(boolean readOnly) {
        return Optional.of("SET SESSION CHARACTERISTICS AS TRANSACTION READ " + (readOnly ? "ONLY" : "WRITE"));
    }

    @Override
    public Set<StatementTrait> traits(SqlStatement statement) {
        Set<StatementTrait> traits = words.traits(statement);
        return traits.isEmpty() ? PostgresSessionUse.traits(statement) : traits;
    }

    /** Wants autocommit mode. The driver notices DISCARD ALL and prepares its statements anew. */
    @Override
    public boolean reset(Connection connection) throws SQLException {
        SocketTimeout.within(timeout, connection, () -> restore(connection));
        // Not what was there before: the user may have lifted it, with the server's own.
        connector.boundStatements(connection);
        return true;
    }

    private void restore(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DISCARD ALL");
        }
        connector.restoreDriver(connection);
        connector.setSession(connection);
    }

    private static Map<String, Set<String>> harmless() {
        Map<String, Set<String>> harmless = new HashMap<>();
        for (String word : List.of(
                "insert",
                "update",
                "delete",
                "merge",
                "values",
                "table",
                "truncate",
                "comment",
                "grant",
                "revoke",
                "analyze",
                "vacuum",
                "reindex",
                "refresh",
                "lock",
                "notify",
                "show",
                "set local",
                "set constraints")) {
            harmless.put(word, FUNCTIONS);
        }
        harmless.put("select", with(Set.of("into")));
        for (String word : List.of("with", "explain", "create", "alter", "drop")) {
            harmless.put(word, with(TEMPORARY));
        }
        return harmless;
    }

    private static Set<String> with(Set<String> more) {
        Set<String> both = new HashSet<>(FUNCTIONS);
        both.addAll(more);
        return both;
    }
}
