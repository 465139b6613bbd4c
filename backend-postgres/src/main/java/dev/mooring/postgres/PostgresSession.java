package dev.mooring.postgres;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.BackendOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * The server's parameters that each user of a connection is to find set.
 *
 * @param timeZone its name
 * @param others the rest, by name
 */
record PostgresSession(String timeZone, Map<String, String> others) {

    static final Set<String> OPTIONS = Set.of("assume_role", "isolation_level");

    private static final Map<String, String> ISOLATION = Map.of(
            "read uncommitted", "read uncommitted",
            "read committed", "read committed",
            "repeatable read", "repeatable read",
            "serializable", "serializable");

    /**
     * What values and statements are read by, whatever a role or a database has for it: intervals, and backslashes in SQL.
     * The server reports them, so that they need be set only where they differ.
     */
    private static final Map<String, String> READ_BY =
            Map.of("IntervalStyle", "postgres", "standard_conforming_strings", "on");

    static PostgresSession of(DatabaseSettings settings) {
        BackendOptions options = PostgresOptions.read(settings);
        Map<String, String> others = new LinkedHashMap<>();
        // Floating-point numbers that come as text have all their digits, as those that come in binary do.
        others.put("extra_float_digits", "1");
        options.oneOf("isolation_level", ISOLATION)
                .ifPresent(level -> others.put("default_transaction_isolation", level));
        // The last, for the role may be allowed less than the one who logged in.
        options.text("assume_role").ifPresent(role -> others.put("role", role));
        return new PostgresSession(settings.timeZone().map(TimeZoneName::of).orElse("UTC"), others);
    }

    /** Sets what is not set already: pgjdbc asks for the JVM's time zone and cannot be told otherwise. */
    void set(Connection connection) throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        Map<String, String> wanted = reported();
        wanted.entrySet().removeIf(each -> each.getValue().equals(driver.getParameterStatus(each.getKey())));
        wanted.putAll(others);
        String sql = "SELECT " + String.join(", ", Collections.nCopies(wanted.size(), "set_config(?, ?, false)"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = 1;
            for (Map.Entry<String, String> parameter : wanted.entrySet()) {
                statement.setString(next++, parameter.getKey());
                statement.setString(next++, parameter.getValue());
            }
            statement.execute();
        }
    }

    /** {@return the statement that sets all of them} */
    String statement() {
        Map<String, String> wanted = reported();
        wanted.putAll(others);
        return wanted.entrySet().stream()
                .map(each -> "set_config(%s, %s, false)"
                        .formatted(PostgresLiterals.of(each.getKey()), PostgresLiterals.of(each.getValue())))
                .collect(Collectors.joining(", ", "SELECT ", ""));
    }

    /** {@return those that the server reports to the driver, as they are wanted} */
    private Map<String, String> reported() {
        Map<String, String> reported = new LinkedHashMap<>(READ_BY);
        reported.put("TimeZone", timeZone);
        return reported;
    }
}
