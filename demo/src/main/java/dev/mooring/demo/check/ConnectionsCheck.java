package dev.mooring.demo.check;

import dev.mooring.Database;
import dev.mooring.Row;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/** Whether the server lets as many connections in as this program's instances may open, beside those of others. */
final class ConnectionsCheck {

    private static final String SUBJECT = "connections";

    /** A limit of -1 is none. */
    private static final String POSTGRES_LIMITS = """
            SELECT current_setting('max_connections')::bigint
                - current_setting('superuser_reserved_connections')::bigint
                - coalesce(current_setting('reserved_connections', true), '0')::bigint AS server_limit,
              (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user) AS user_limit,
              (SELECT datconnlimit FROM pg_database WHERE datname = current_database()) AS database_limit,
              (SELECT count(*) FROM pg_stat_activity
                WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()) AS others""";

    /** The list has the connections of other users only for those who have the privilege PROCESS. */
    private static final String MARIADB_LIMITS = """
            SELECT @@GLOBAL.max_connections AS server_limit,
              CASE @@max_user_connections WHEN 0 THEN -1 ELSE @@max_user_connections END AS user_limit,
              -1 AS database_limit,
              (SELECT count(*) FROM information_schema.processlist
                WHERE id <> connection_id() AND user NOT IN ('system user', 'event_scheduler')) AS others""";

    private final Database database;
    private final String limits;
    private final int instances;

    private ConnectionsCheck(Database database, String limits, int instances) {
        this.database = database;
        this.limits = limits;
        this.instances = instances;
    }

    static ConnectionsCheck ofPostgres(Database database, int instances) {
        return new ConnectionsCheck(database, POSTGRES_LIMITS, instances);
    }

    static ConnectionsCheck ofMariadb(Database database, int instances) {
        return new ConnectionsCheck(database, MARIADB_LIMITS, instances);
    }

    Finding run() {
        OptionalInt each = database.settings().maxConnections();
        Row row = database.query(limits).get(0);
        long limit = LongStream.of(
                        row.getLong("server_limit"), row.getLong("user_limit"), row.getLong("database_limit"))
                .filter(known -> known >= 0)
                .min()
                .orElseThrow();
        if (each.isEmpty()) {
            return Finding.warn(
                    SUBJECT,
                    "The server takes " + limit + " from this user, and nothing bounds how many are opened",
                    "Set max_connections");
        }
        long needed = (long) instances * each.getAsInt();
        long others = row.getLong("others");
        String seen =
                "%d x max_connections = %d of the %d that the server takes from this user; %d are open from others"
                        .formatted(instances, needed, limit, others);
        String wayOut = "Lower max_connections, or raise the server's limit";
        if (needed > limit) {
            return Finding.fail(SUBJECT, seen, wayOut);
        }
        return needed + others > limit ? Finding.warn(SUBJECT, seen, wayOut) : Finding.ok(SUBJECT, seen);
    }
}
