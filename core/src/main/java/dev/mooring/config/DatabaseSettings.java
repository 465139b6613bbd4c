package dev.mooring.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything said about one database: what Django keeps under one alias of {@code DATABASES}.
 *
 * <pre>{@code
 * DatabaseSettings.fromUrl("postgres://app:secret@db.example:5432/shop?conn_max_age=60&sslmode=require");
 * DatabaseSettings.builder("default").engine("sqlite3").name("shop.db").maxConnections(4).build();
 * }</pre>
 *
 * <p>Instances are immutable and may be shared between threads. {@link #toString()} never shows the password. The page
 * {@code docs/settings.md} puts each setting beside Django's.
 */
public final class DatabaseSettings {

    /** The alias that is meant where none is named: {@code default}. */
    public static final String DEFAULT_ALIAS = "default";

    final String alias;
    final String engine;
    final String name;
    final String user;
    final Secret password;
    final String host;
    final int port;
    final Map<String, String> options;

    @Nullable
    final ZoneId timeZone;

    final LeaseScope leaseScope;
    final boolean atomicRequests;
    final boolean readOnly;
    final boolean resetSessionAfterUse;

    @Nullable
    final Duration connMaxAge;

    @Nullable
    final Duration idleTimeout;

    final boolean connHealthChecks;
    final Duration healthCheckIdle;

    @Nullable
    final Integer maxConnections;

    final boolean reclaim;
    final boolean traceLeases;
    final Duration leakWarningAfter;
    final Duration acquireTimeout;
    final Duration connectTimeout;
    final Duration probeTimeout;
    final Duration commitTimeout;
    final Duration statementTimeout;
    final Duration slowQueryThreshold;
    final int queriesLimit;
    final boolean logParameters;
    final boolean valuesInErrors;

    DatabaseSettings(DatabaseSettingsBuilder from) {
        this.alias = from.alias;
        this.engine = from.engine;
        this.name = from.name;
        this.user = from.user;
        this.password = from.password.named("the password of database '%s'".formatted(alias));
        this.host = from.host;
        this.port = from.port;
        this.options = from.options;
        this.timeZone = from.timeZone;
        this.leaseScope = from.leaseScope;
        this.atomicRequests = from.atomicRequests;
        this.readOnly = from.readOnly;
        this.resetSessionAfterUse = from.resetSessionAfterUse;
        this.connMaxAge = from.connMaxAge;
        this.idleTimeout = from.idleTimeout;
        this.connHealthChecks = from.connHealthChecks;
        this.healthCheckIdle = from.healthCheckIdle;
        this.maxConnections = from.maxConnections;
        this.reclaim = from.reclaim;
        this.traceLeases = from.traceLeases;
        this.leakWarningAfter = from.leakWarningAfter;
        this.acquireTimeout = from.acquireTimeout;
        this.connectTimeout = from.connectTimeout;
        this.probeTimeout = from.probeTimeout;
        this.commitTimeout = from.commitTimeout;
        this.statementTimeout = from.statementTimeout;
        this.slowQueryThreshold = from.slowQueryThreshold;
        this.queriesLimit = from.queriesLimit;
        this.logParameters = from.logParameters;
        this.valuesInErrors = from.valuesInErrors;
    }

    /** {@return a builder with every default set, for the database called {@code alias}} */
    public static DatabaseSettingsBuilder builder(String alias) {
        return new DatabaseSettingsBuilder(alias);
    }

    /**
     * {@return the settings that {@code url} describes, for the alias {@value #DEFAULT_ALIAS}}
     *
     * @throws dev.mooring.error.ImproperlyConfiguredException if the URL or a setting in it is malformed
     */
    public static DatabaseSettings fromUrl(String url) {
        return fromUrl(DEFAULT_ALIAS, url);
    }

    /**
     * {@return the settings that {@code url} describes}
     *
     * <p>The forms are {@code engine://user:password@host:port/name?setting=value}, {@code sqlite:///relative.db},
     * {@code sqlite:////absolute.db} and {@code sqlite://:memory:}. Percent escapes are decoded. There may be several hosts,
     * separated by commas, each with a port or not. White space around the URL is dropped. A query parameter that is not a
     * setting of ours is handed to the backend as an option. Durations are seconds, or have a unit: {@code 500ms},
     * {@code 30s}, {@code 10m}, {@code 2h}, {@code 1d}.
     *
     * @throws dev.mooring.error.ImproperlyConfiguredException if the URL or a setting in it is malformed
     */
    public static DatabaseSettings fromUrl(String alias, String url) {
        return DatabaseUrl.parse(alias, url).build();
    }

    /**
     * {@return the settings in the environment variable {@code DATABASE_URL}}
     *
     * @throws dev.mooring.error.ImproperlyConfiguredException if it is not set or malformed
     */
    public static DatabaseSettings fromEnvironment() {
        return fromUrl(DatabaseUrl.fromEnvironment(System.getenv()));
    }

    /** {@return the names of the settings that a URL can have as parameters, in Django's spelling} */
    public static Set<String> names() {
        return SettingNames.all();
    }

    /** {@return a builder that starts from these values, {@linkplain DatabaseSettingsBuilder#alias the alias} among them} */
    public DatabaseSettingsBuilder toBuilder() {
        return new DatabaseSettingsBuilder(this);
    }

    /** {@return the name of this database in the application} */
    public String alias() {
        return alias;
    }

    /** {@return the backend's name as the user gave it: {@code sqlite3}, or Django's dotted path} */
    public String engine() {
        return engine;
    }

    /** {@return the database's name; a file's path for SQLite} */
    public String name() {
        return name;
    }

    /** {@return the user to log in as; empty to leave it to the driver} */
    public String user() {
        return user;
    }

    /** {@return the password; empty if none} */
    public Secret password() {
        return password;
    }

    /** {@return the server's host; empty to leave it to the driver; several with commas, those with ports as host:port} */
    public String host() {
        return host;
    }

    /** {@return the server's port; empty to leave it to the driver} */
    public OptionalInt port() {
        return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** {@return what only the backend understands} */
    public Map<String, String> options() {
        return options;
    }

    /** {@return the time zone of the session; empty for UTC} */
    public Optional<ZoneId> timeZone() {
        return Optional.ofNullable(timeZone);
    }

    /** {@return how long a wrapper keeps its lease; a max age of zero raises it to {@link LeaseScope#REQUEST}} */
    public LeaseScope leaseScope() {
        boolean perRequest = Duration.ZERO.equals(connMaxAge) && leaseScope == LeaseScope.OPERATION;
        return perRequest ? LeaseScope.REQUEST : leaseScope;
    }

    /** {@return whether the session is reset whenever a connection is given back} */
    public boolean resetSessionAfterUse() {
        return resetSessionAfterUse;
    }

    /** {@return whether {@code Databases.request} runs its handler in a transaction of this database} */
    public boolean atomicRequests() {
        return atomicRequests;
    }

    /**
     * {@return whether everything here is read-only: for the alias of a replica} What writes is refused by the database; no
     * write lock is taken. A guard against mistakes, not a right: whoever may run any SQL can lift it.
     */
    public boolean readOnly() {
        return readOnly;
    }

    /** {@return how old a connection may grow; empty for no limit, zero to close it with the unit of work} */
    public Optional<Duration> connMaxAge() {
        return Optional.ofNullable(connMaxAge);
    }

    /**
     * {@return how long a connection may lie unused before it is closed; empty for as long as its age allows} What a wrapper
     * holds is not unused, so {@link LeaseScope#THREAD} knows no such limit.
     */
    public Optional<Duration> idleTimeout() {
        return Optional.ofNullable(idleTimeout);
    }

    /** {@return whether a connection is probed before it is handed out} */
    public boolean connHealthChecks() {
        return connHealthChecks;
    }

    /** {@return how long a connection must have been unused to be probed; with zero it is at each lease, and if it is kept, once after each boundary} */
    public Duration healthCheckIdle() {
        return healthCheckIdle;
    }

    /** {@return the most connections open at once in this process; empty for no limit} */
    public OptionalInt maxConnections() {
        return maxConnections == null ? OptionalInt.empty() : OptionalInt.of(maxConnections);
    }

    /** {@return whether what a dead thread leased is taken back} */
    public boolean reclaim() {
        return reclaim;
    }

    /** {@return whether each lease remembers where it was taken} It costs a stack walk for each. */
    public boolean traceLeases() {
        return traceLeases;
    }

    /**
     * {@return how long a lease may last before one warning in the log tells of it; zero for never} The warning names the thread
     * and its last statement, and comes within about a second of that time. Leases of scope {@code THREAD}, which last as long as
     * their thread, are not warned of.
     */
    public Duration leakWarningAfter() {
        return leakWarningAfter;
    }

    /** {@return how long to wait for a connection to come free} */
    public Duration acquireTimeout() {
        return acquireTimeout;
    }

    /** {@return how long connecting may take, login included} */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** {@return how long a health check may take} */
    public Duration probeTimeout() {
        return probeTimeout;
    }

    /**
     * {@return how long a commit, a rollback, or a step with a savepoint may take} Applied on PostgreSQL; a commit that
     * takes longer is a {@link dev.mooring.error.CommitOutcomeUnknownException}.
     */
    public Duration commitTimeout() {
        return commitTimeout;
    }

    /**
     * {@return how long a statement may take; zero for no limit} On PostgreSQL the server's limit, and a second later the
     * socket's, counted from the last bytes that arrived; on SQLite each call to the driver, to two tenths of a second.
     */
    public Duration statementTimeout() {
        return statementTimeout;
    }

    /** {@return from which duration on a statement is logged as slow; zero for never} */
    public Duration slowQueryThreshold() {
        return slowQueryThreshold;
    }

    /** {@return how many of its last queries a wrapper remembers; zero for none} */
    public int queriesLimit() {
        return queriesLimit;
    }

    /** {@return whether parameters are shown where statements are logged} */
    public boolean logParameters() {
        return logParameters;
    }

    /** {@return whether error messages show values of parameters and rows, which may be secrets} */
    public boolean valuesInErrors() {
        return valuesInErrors;
    }

    /** {@return all values but the password, for logs} */
    @Override
    public String toString() {
        return "DatabaseSettings[alias=%s, engine=%s, name=%s, user=%s, password=%s, host=%s%s]"
                .formatted(alias(), engine(), name(), user(), password(), host(), port == 0 ? "" : ", port=" + port);
    }
}
