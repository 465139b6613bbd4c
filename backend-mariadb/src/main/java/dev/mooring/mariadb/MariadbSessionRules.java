package dev.mooring.mariadb;

import dev.mooring.spi.SessionRules;
import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.SqlSyntax;
import dev.mooring.spi.StatementTrait;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a session of MariaDB remembers: variables, locks, temporary tables, prepared statements. A procedure that changes it is
 * not looked into, so that CALL counts as a change.
 */
final class MariadbSessionRules implements SessionRules {

    private static final Set<String> FUNCTIONS =
            Set.of("get_lock", "release_lock", "release_all_locks", "setval", "master_gtid_wait");

    /** A query that puts its result into variables of the session. */
    private static final Set<String> INTO = Set.of("into");

    private static final Set<String> TEMPORARY = Set.of("temporary");

    /** Of the driver's own interfaces. */
    private static final Set<String> DRIVER_CALLS =
            Set.of("getThreadId", "getLowercaseTableNames", "cancelCurrentQuery");

    private static final String HAS_DEFAULT_ROLE = "SELECT current_role() <=> (SELECT max(role_name)"
            + " FROM information_schema.applicable_roles WHERE is_default = 'YES')";

    private final MariadbConnector connector;
    private final SqlSyntax syntax;
    private final Duration timeout;
    private final SessionRules words;

    MariadbSessionRules(MariadbConnector connector, SqlSyntax syntax, Duration timeout) {
        this.connector = connector;
        this.syntax = syntax;
        this.timeout = timeout;
        this.words = SessionRules.byWords(syntax, harmless());
    }

    /** {@code :=} gives a value to a variable, anywhere in a statement. */
    @Override
    public boolean leavesSessionAlone(String sql) {
        return words.leavesSessionAlone(sql) && !sql.contains(":=");
    }

    @Override
    public boolean leavesSessionAlone(Method method) {
        return method.getDeclaringClass().getName().startsWith("org.mariadb.jdbc.")
                && DRIVER_CALLS.contains(method.getName());
    }

    @Override
    public Optional<String> readOnly(boolean readOnly) {
        return Optional.of("SET SESSION TRANSACTION READ " + (readOnly ? "ONLY" : "WRITE"));
    }

    @Override
    public Set<StatementTrait> traits(SqlStatement statement) {
        SqlStatement run = MariadbSessionUse.run(syntax, statement);
        Set<StatementTrait> traits = words.traits(run);
        return traits.isEmpty() ? MariadbSessionUse.traits(syntax, run) : traits;
    }

    /**
     * By the driver's reset, which is a message of the protocol; it forgets the character set and what a USE has done as well. A role
     * stays, and is not known to be the one that a login gives unless the server is asked.
     */
    @Override
    public boolean reset(Connection connection) throws SQLException {
        org.mariadb.jdbc.Connection driver = connection.unwrap(org.mariadb.jdbc.Connection.class);
        connection.setNetworkTimeout(Runnable::run, SocketTimeout.millis(timeout));
        driver.reset();
        driver.getClientInfo().clear();
        connection.setNetworkTimeout(Runnable::run, SocketTimeout.millis(timeout));
        connector.setSession(connection);
        // Not what was there before: the user may have lifted it, with the server's own.
        connector.boundStatements(connection);
        return hasDefaultRole(connection);
    }

    private static boolean hasDefaultRole(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HAS_DEFAULT_ROLE)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static Map<String, Set<String>> harmless() {
        Map<String, Set<String>> harmless = new HashMap<>();
        for (String word : List.of(
                "insert",
                "update",
                "delete",
                "replace",
                "values",
                "truncate",
                "grant",
                "revoke",
                "optimize",
                "check",
                "repair",
                "rename",
                "show",
                "describe",
                "desc",
                "kill",
                "do")) {
            harmless.put(word, FUNCTIONS);
        }
        for (String word : List.of("select", "with", "table", "explain", "analyze")) {
            harmless.put(word, with(INTO));
        }
        for (String word : List.of("create", "alter", "drop")) {
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
