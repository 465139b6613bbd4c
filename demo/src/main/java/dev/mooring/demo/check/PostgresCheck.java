package dev.mooring.demo.check;

import dev.mooring.Database;
import dev.mooring.Row;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/** Whether the server lets as many connections in as this program's instances may open, beside those of others. */
final class PostgresCheck {

    private static final String SUBJECT = "connections";

    /** A limit of -1 is none. */
    private static final String LIMITS = """
            SELECT current_setting('max_connections')::bigint
                - current_setting('superuser_reserved_connections')::bigint
                - coalesce(current_setting('reserved_connections', true), '0')::bigint AS server_limit,
              (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user) AS role_limit,
              (SELECT datconnlimit FROM pg_database WHERE datname = current_database()) AS database_limit,
              (SELECT count(*) FROM pg_stat_activity
                WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()) AS others""";

    private final Database database;
    private final int instances;

    PostgresCheck(Database database, int instances) {
        this.database = database;
        this.instances = instances;
    }

    Finding run() {
        OptionalInt each = database.settings().maxConnections();
        Row row = database.query(LIMITS).get(0);
        long limit = LongStream.of(
                        row.getLong("server_limit"), row.getLong("role_limit"), row.getLong("database_limit"))
                .filter(each1 -> each1 >= 0)
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
