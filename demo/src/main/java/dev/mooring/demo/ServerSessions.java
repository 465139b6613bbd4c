package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import java.util.OptionalInt;

/** Counts the sessions that a server lists, on one connection of its own. */
final class ServerSessions implements ServerView {

    private static final String OF_APPLICATION = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s";

    /** MariaDB knows no name of the application unless its performance schema is on. */
    private static final String OF_USER = "SELECT count(*) FROM information_schema.processlist"
            + " WHERE user = substring_index(user(), '@', 1) AND db = database() AND id <> connection_id()";

    private final Databases monitor;
    private final String unit;
    private final String count;
    private final Object[] parameters;

    private ServerSessions(DatabaseSettings settings, String unit, String count, Object... parameters) {
        this.monitor = Databases.of(settings.toBuilder()
                .leaseScope(LeaseScope.OPERATION)
                .connMaxAgeUnlimited()
                .maxConnections(1)
                .build());
        this.unit = unit;
        this.count = count;
        this.parameters = parameters;
    }

    static ServerSessions ofPostgres(DatabaseSettings settings, String applicationName) {
        return new ServerSessions(settings, "sessions in pg_stat_activity", OF_APPLICATION, applicationName);
    }

    static ServerSessions ofMariadb(DatabaseSettings settings) {
        return new ServerSessions(settings, "sessions of this user and database in the process list", OF_USER);
    }

    @Override
    public OptionalInt connections() {
        return OptionalInt.of(monitor.query(Integer.class, count, parameters).one());
    }

    @Override
    public String unit() {
        return unit;
    }

    @Override
    public void close() {
        monitor.close();
    }
}
