package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Counts the sessions that a server lists, on one connection of its own. */
final class ServerSessions implements ServerView {

    private static final String OF_APPLICATION = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s";

    /** MariaDB knows no name of the application unless its performance schema is on. */
    private static final String OF_USER = "SELECT count(*) FROM information_schema.processlist"
            + " WHERE user = substring_index(user(), '@', 1) AND db = database() AND id <> connection_id()";

    /** What is reserved for superusers cannot be had by others, nor can what others have already: this monitor, for one. */
    private static final String LIMIT = """
            SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
              - coalesce(current_setting('reserved_connections', true)::int, 0)
              - (SELECT count(*)::int FROM pg_stat_activity
                 WHERE backend_type = 'client backend' AND application_name <> %s)""";

    private static final int POSTGRES_PORT = 5432;

    private final Databases monitor;
    private final String unit;
    private final String count;
    private final @Nullable String limit;
    private final @Nullable String command;
    private final Object[] parameters;

    private ServerSessions(
            DatabaseSettings settings,
            String unit,
            String count,
            @Nullable String limit,
            @Nullable String command,
            Object... parameters) {
        this.monitor = Databases.of(settings.toBuilder()
                .leaseScope(LeaseScope.OPERATION)
                .connMaxAgeUnlimited()
                .maxConnections(1)
                .build());
        this.unit = unit;
        this.count = count;
        this.limit = limit;
        this.command = command;
        this.parameters = parameters;
    }

    static ServerSessions ofPostgres(DatabaseSettings settings, String applicationName) {
        return new ServerSessions(
                settings,
                "sessions in pg_stat_activity",
                OF_APPLICATION,
                LIMIT,
                psql(settings, applicationName),
                applicationName);
    }

    private static String psql(DatabaseSettings settings, String applicationName) {
        return "psql -h %s -p %s -U %s -d %s -c \"SELECT count(*) FROM pg_stat_activity WHERE application_name = '%s'\""
                .formatted(
                        settings.host(),
                        settings.port().orElse(POSTGRES_PORT),
                        settings.user(),
                        settings.name(),
                        applicationName);
    }

    static ServerSessions ofMariadb(DatabaseSettings settings) {
        return new ServerSessions(
                settings, "sessions of this user and database in the process list", OF_USER, null, null);
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
    public OptionalInt limit() {
        return limit == null
                ? OptionalInt.empty()
                : OptionalInt.of(monitor.query(Integer.class, limit, parameters).one());
    }

    @Override
    public Optional<String> command() {
        return Optional.ofNullable(command);
    }

    @Override
    public void close() {
        monitor.close();
    }
}
