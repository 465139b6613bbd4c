package dev.mooring.demo.check;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Whether a pooler such as PgBouncer is between this program and PostgreSQL, and in which mode. At the login a client is told the
 * number of its session. A pooler tells another one than the server. In transaction mode it gives one session of the server to
 * two clients, one after the other.
 */
final class PoolerCheck {

    private static final String SUBJECT = "pooler";

    private final DatabaseSettings settings;

    PoolerCheck(DatabaseSettings settings) {
        this.settings = settings;
    }

    Finding run() {
        DatabaseSettings two = settings.toBuilder().maxConnections(2).build();
        try (Databases databases = Databases.of(two)) {
            DataSource connections = databases.using(two.alias()).dataSource();
            try (Connection first = connections.getConnection();
                    Connection second = connections.getConnection()) {
                int told = first.unwrap(PGConnection.class).getBackendPID();
                return finding(told, session(first), session(second));
            }
        } catch (SQLException e) {
            throw e.getCause() instanceof DatabaseException known
                    ? known
                    : ErrorKind.OPERATIONAL.exception("Could not look for a pooler: " + e.getMessage(), e);
        }
    }

    private static Finding finding(int told, int first, int second) {
        if (first == second) {
            return Finding.warn(
                    SUBJECT,
                    "One in transaction mode is in between: two connections had the same session of the server",
                    "Use its session mode, or set prepare_threshold to 0 and nothing for the session, as settings.md"
                            + " says under PgBouncer. Its limits count, not those of the server alone");
        }
        return told == first
                ? Finding.ok(SUBJECT, "None is in between")
                : Finding.ok(
                        SUBJECT,
                        "One is in between, in session mode as far as can be seen; its limits count, not those of the"
                                + " server alone");
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
