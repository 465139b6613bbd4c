package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import java.util.OptionalInt;

/** Counts the sessions that PostgreSQL lists under an application's name, on one connection of its own. */
final class ServerSessions implements ServerView {

    private static final String COUNT = "SELECT count(*) AS sessions FROM pg_stat_activity WHERE application_name = %s";

    private final Databases monitor;
    private final String applicationName;

    ServerSessions(DatabaseSettings settings, String applicationName) {
        this.monitor = Databases.of(settings.toBuilder()
                .leaseScope(LeaseScope.OPERATION)
                .connMaxAgeUnlimited()
                .maxConnections(1)
                .build());
        this.applicationName = applicationName;
    }

    @Override
    public OptionalInt connections() {
        return OptionalInt.of(monitor.query(COUNT, applicationName).get(0).getInt("sessions"));
    }

    @Override
    public String unit() {
        return "sessions in pg_stat_activity";
    }

    @Override
    public void close() {
        monitor.close();
    }
}
