package dev.mooring.spring.boot;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.LeaseScope;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationUnit;

/**
 * One database, {@code mooring.databases.<alias>.*}. What is not given is what {@link DatabaseSettings} says; what is given here
 * counts more than what the URL says. Never shows the password.
 *
 * @param url where the database is: postgres://user:password@host:port/name, sqlite:///file, or a JDBC URL of either.
 * @param username the user to log in as.
 * @param password the user's password.
 * @param engine the backend, in place of a URL: postgresql or sqlite3.
 * @param name the name of the database, or the path of its file.
 * @param host the server's host.
 * @param port the server's port.
 * @param options what only the backend understands, such as sslmode.
 * @param timeZone the time zone of the session. Default: UTC.
 * @param leaseScope how long a connection is kept: operation, request or thread. Default: operation.
 * @param readOnly whether nothing may be written, for the alias of a replica. Default: false.
 * @param atomicRequests whether Databases.request runs its handler in a transaction. Default: false.
 * @param resetSessionAfterUse whether the session is reset whenever a connection is given back. Default: false.
 * @param connMaxAge how old a connection may grow (max lifetime), in seconds if without a unit; 0 closes it with the request, -1
 *     never. Default: 10m.
 * @param idleTimeout how long a connection may lie unused, in seconds if without a unit; -1 for no limit. Default: 5m.
 * @param connHealthChecks whether a connection that was unused is probed before it is handed out. Default: true.
 * @param healthCheckIdle for how long a connection must have been unused to be probed, in seconds if without a unit. Default: 1s.
 * @param maxConnections the most connections open at once in this process (pool size); -1 for no limit. Default: 10.
 * @param reclaim whether what a dead thread leased is taken back. Default: true.
 * @param traceLeases whether each lease remembers where it was taken (leak detection). Default: false.
 * @param leakWarningAfter how long a lease may last before the log warns of it once, in seconds if without a unit; 0 for never.
 *     Default: 0.
 * @param acquireTimeout how long to wait for a connection (connection timeout), in seconds if without a unit. Default: 30s.
 * @param connectTimeout how long connecting may take, login included, in seconds if without a unit. Default: 10s.
 * @param probeTimeout how long a probe may take (validation timeout), in seconds if without a unit. Default: 1s.
 * @param commitTimeout how long a commit may take, in seconds if without a unit. Default: 10s.
 * @param statementTimeout how long a statement may take, in seconds if without a unit; 0 for no limit. Default: 60s.
 * @param slowQueryThreshold from which duration on a statement is logged as slow, in seconds if without a unit; 0 for never.
 *     Default: 0.
 * @param queriesLimit how many of its last queries a thread remembers. Default: 0.
 * @param logParameters whether parameters are shown where statements are logged. Default: false.
 * @param valuesInErrors whether messages of errors show values, which may be secrets. Default: false.
 */
public record DatabaseProperties(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @Nullable String engine,
        @Nullable String name,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable Map<String, String> options,
        @Nullable ZoneId timeZone,
        @Nullable LeaseScope leaseScope,
        @Nullable Boolean readOnly,
        @Nullable Boolean atomicRequests,
        @Nullable Boolean resetSessionAfterUse,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration connMaxAge,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration idleTimeout,
        @Nullable Boolean connHealthChecks,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration healthCheckIdle,
        @Nullable Integer maxConnections,
        @Nullable Boolean reclaim,
        @Nullable Boolean traceLeases,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration leakWarningAfter,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration acquireTimeout,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration connectTimeout,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration probeTimeout,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration commitTimeout,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration statementTimeout,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration slowQueryThreshold,
        @Nullable Integer queriesLimit,
        @Nullable Boolean logParameters,
        @Nullable Boolean valuesInErrors) {

    private static final Duration NO_LIMIT = Duration.ofSeconds(-1);

    DatabaseSettings settings(String alias) {
        DatabaseSettingsBuilder settings = url == null ? DatabaseSettings.builder(alias) : JdbcUrl.settings(alias, url);
        set(username, settings::user);
        set(password, settings::password);
        set(engine, settings::engine);
        set(name, settings::name);
        set(host, settings::host);
        set(port, settings::port);
        set(options, given -> given.forEach(settings::option));
        set(timeZone, settings::timeZone);
        set(leaseScope, settings::leaseScope);
        set(readOnly, settings::readOnly);
        set(atomicRequests, settings::atomicRequests);
        set(resetSessionAfterUse, settings::resetSessionAfterUse);
        set(connMaxAge, limit(settings::connMaxAge, settings::connMaxAgeUnlimited));
        set(idleTimeout, limit(settings::idleTimeout, settings::idleTimeoutUnlimited));
        set(maxConnections, most -> {
            DatabaseSettingsBuilder unused =
                    most == -1 ? settings.maxConnectionsUnlimited() : settings.maxConnections(most);
        });
        set(connHealthChecks, settings::connHealthChecks);
        set(healthCheckIdle, settings::healthCheckIdle);
        set(reclaim, settings::reclaim);
        set(traceLeases, settings::traceLeases);
        set(leakWarningAfter, settings::leakWarningAfter);
        set(acquireTimeout, settings::acquireTimeout);
        set(connectTimeout, settings::connectTimeout);
        set(probeTimeout, settings::probeTimeout);
        set(commitTimeout, settings::commitTimeout);
        set(statementTimeout, settings::statementTimeout);
        set(slowQueryThreshold, settings::slowQueryThreshold);
        set(queriesLimit, settings::queriesLimit);
        set(logParameters, settings::logParameters);
        set(valuesInErrors, settings::valuesInErrors);
        return settings.build();
    }

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    private static Consumer<Duration> limit(Consumer<Duration> bounded, Runnable unlimited) {
        return limit -> {
            if (limit.equals(NO_LIMIT)) {
                unlimited.run();
            } else {
                bounded.accept(limit);
            }
        };
    }

    /** {@return the name of the record} A URL may hold a password. */
    @Override
    public String toString() {
        return "DatabaseProperties";
    }
}
