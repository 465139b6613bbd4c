package dev.mooring.config;

import static java.util.Objects.requireNonNull;

import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of one database and checks them all in {@link #build()}.
 *
 * <p>For one thread. Every setter returns this builder.
 */
public final class DatabaseSettingsBuilder {

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");
    private static final int MOST_CONNECTIONS = 10_000;
    static final int MOST_QUERIES = 100_000;
    /** More than a century: what a duration may be before nanoseconds overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    String alias;
    String engine = "";
    String name = "";
    String user = "";
    Secret password = Secret.of("");
    String host = "";
    int port;
    Map<String, String> options = Map.of();

    @Nullable
    ZoneId timeZone;

    LeaseScope leaseScope = LeaseScope.OPERATION;
    boolean atomicRequests;
    boolean readOnly;
    boolean resetSessionAfterUse;

    @Nullable
    Duration connMaxAge = Duration.ofMinutes(10);

    @Nullable
    Duration idleTimeout = Duration.ofMinutes(5);

    boolean connHealthChecks = true;
    Duration healthCheckIdle = Duration.ofSeconds(1);

    @Nullable
    Integer maxConnections = 10;

    boolean reclaim = true;
    boolean traceLeases;
    Duration leakWarningAfter = Duration.ZERO;
    Duration acquireTimeout = Duration.ofSeconds(30);
    Duration connectTimeout = Duration.ofSeconds(10);
    Duration probeTimeout = Duration.ofSeconds(1);
    Duration commitTimeout = Duration.ofSeconds(10);
    Duration statementTimeout = Duration.ofMinutes(1);

    Duration slowQueryThreshold = Duration.ZERO;
    int queriesLimit;
    boolean logParameters;
    boolean valuesInErrors;

    DatabaseSettingsBuilder(String alias) {
        this.alias = requireNonNull(alias, "alias");
    }

    DatabaseSettingsBuilder(DatabaseSettings from) {
        this.alias = from.alias;
        this.engine = from.engine;
        this.name = from.name;
        this.user = from.user;
        this.password = from.password;
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

    /** Sets another alias, for settings that begin with those of another database. */
    public DatabaseSettingsBuilder alias(String alias) {
        this.alias = requireNonNull(alias, "alias");
        return this;
    }

    /** Sets the backend: its own name, or the dotted path that Django uses. */
    public DatabaseSettingsBuilder engine(String engine) {
        this.engine = requireNonNull(engine, "engine");
        return this;
    }

    /** Sets the database's name; for SQLite a file's path or {@code :memory:}. */
    public DatabaseSettingsBuilder name(String name) {
        this.name = requireNonNull(name, "name");
        return this;
    }

    /** Sets the user to log in as. */
    public DatabaseSettingsBuilder user(String user) {
        this.user = requireNonNull(user, "user");
        return this;
    }

    /** Sets the password to log in with. */
    public DatabaseSettingsBuilder password(String password) {
        this.password = Secret.of(password);
        return this;
    }

    /**
     * Sets what is asked for the password each time that a connection is opened, by the thread that opens it: for passwords that
     * change, and tokens that expire. {@link dev.mooring.Database#softEvictConnections()} then ends what was opened with an
     * earlier one. It must be thread-safe and quick; if it throws or returns null, nothing is opened and the caller is told.
     */
    public DatabaseSettingsBuilder password(Supplier<String> password) {
        this.password = Secret.from(password);
        return this;
    }

    /** Sets the server's host. */
    public DatabaseSettingsBuilder host(String host) {
        this.host = requireNonNull(host, "host");
        return this;
    }

    /** Sets the server's port, 1 to 65535; 0 leaves it to the driver. */
    public DatabaseSettingsBuilder port(int port) {
        this.port = port;
        return this;
    }

    /** Adds an option that only the backend understands. */
    public DatabaseSettingsBuilder option(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(requireNonNull(key, "key"), requireNonNull(value, "value"));
        this.options = Collections.unmodifiableMap(more);
        return this;
    }

    /** Sets the time zone of the session. The default is UTC. */
    public DatabaseSettingsBuilder timeZone(ZoneId timeZone) {
        this.timeZone = requireNonNull(timeZone, "timeZone");
        return this;
    }

    /** Sets how long a wrapper keeps its lease. The default is {@link LeaseScope#OPERATION}. */
    public DatabaseSettingsBuilder leaseScope(LeaseScope leaseScope) {
        this.leaseScope = requireNonNull(leaseScope, "leaseScope");
        return this;
    }

    /** Sets Django's {@code ATOMIC_REQUESTS}: whether requests run in a transaction. The default is false. */
    public DatabaseSettingsBuilder atomicRequests(boolean atomicRequests) {
        this.atomicRequests = atomicRequests;
        return this;
    }

    /**
     * Sets whether the session is reset whenever a connection is given back, also if no statement was seen to change it; false.
     * For functions and triggers that set session state, which no text shows.
     */
    public DatabaseSettingsBuilder resetSessionAfterUse(boolean resetSessionAfterUse) {
        this.resetSessionAfterUse = resetSessionAfterUse;
        return this;
    }

    /** Sets whether everything here is read-only, as on a replica; false. */
    public DatabaseSettingsBuilder readOnly(boolean readOnly) {
        this.readOnly = readOnly;
        return this;
    }

    /** Sets Django's {@code CONN_MAX_AGE}; zero closes a connection with the unit of work. The default is 600 s. */
    public DatabaseSettingsBuilder connMaxAge(Duration connMaxAge) {
        this.connMaxAge = requireNonNull(connMaxAge, "connMaxAge");
        return this;
    }

    /** Lets connections live for ever: Django's {@code CONN_MAX_AGE = None}. */
    public DatabaseSettingsBuilder connMaxAgeUnlimited() {
        this.connMaxAge = null;
        return this;
    }

    /** Sets how long a connection may lie unused before it is closed, to a second or two. The default is 5 min. */
    public DatabaseSettingsBuilder idleTimeout(Duration idleTimeout) {
        this.idleTimeout = requireNonNull(idleTimeout, "idleTimeout");
        return this;
    }

    /** Lets connections lie unused until they reach their maximum age. */
    public DatabaseSettingsBuilder idleTimeoutUnlimited() {
        this.idleTimeout = null;
        return this;
    }

    /** Sets whether a connection is probed before it is handed out. The default is true. */
    public DatabaseSettingsBuilder connHealthChecks(boolean connHealthChecks) {
        this.connHealthChecks = connHealthChecks;
        return this;
    }

    /** Sets how long a connection must have been unused to be probed. The default is 1 s. */
    public DatabaseSettingsBuilder healthCheckIdle(Duration healthCheckIdle) {
        this.healthCheckIdle = requireNonNull(healthCheckIdle, "healthCheckIdle");
        return this;
    }

    /** Sets the most connections open at once in this process. The default is 10. */
    public DatabaseSettingsBuilder maxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
        return this;
    }

    /** Lifts the limit on open connections: for experiments. */
    public DatabaseSettingsBuilder maxConnectionsUnlimited() {
        this.maxConnections = null;
        return this;
    }

    /** Sets whether what a dead thread leased is taken back. The default is true; false shows the leak. */
    public DatabaseSettingsBuilder reclaim(boolean reclaim) {
        this.reclaim = reclaim;
        return this;
    }

    /** Sets whether each lease remembers where it was taken, for the errors of others. The default is false. */
    public DatabaseSettingsBuilder traceLeases(boolean traceLeases) {
        this.traceLeases = traceLeases;
        return this;
    }

    /** Sets how long a lease may last before one warning in the log tells of it. The default is zero, for never. */
    public DatabaseSettingsBuilder leakWarningAfter(Duration leakWarningAfter) {
        this.leakWarningAfter = requireNonNull(leakWarningAfter, "leakWarningAfter");
        return this;
    }

    /** Sets how long to wait for a connection to come free. The default is 30 s. */
    public DatabaseSettingsBuilder acquireTimeout(Duration acquireTimeout) {
        this.acquireTimeout = requireNonNull(acquireTimeout, "acquireTimeout");
        return this;
    }

    /** Sets how long connecting may take, login included. The default is 10 s. */
    public DatabaseSettingsBuilder connectTimeout(Duration connectTimeout) {
        this.connectTimeout = requireNonNull(connectTimeout, "connectTimeout");
        return this;
    }

    /** Sets how long a health check may take. The default is 1 s. */
    public DatabaseSettingsBuilder probeTimeout(Duration probeTimeout) {
        this.probeTimeout = requireNonNull(probeTimeout, "probeTimeout");
        return this;
    }

    /** Sets how long a commit or rollback may take. The default is 10 s. */
    public DatabaseSettingsBuilder commitTimeout(Duration commitTimeout) {
        this.commitTimeout = requireNonNull(commitTimeout, "commitTimeout");
        return this;
    }

    /** Sets how long a statement may take; zero for no limit. The default is 60 s. */
    public DatabaseSettingsBuilder statementTimeout(Duration statementTimeout) {
        this.statementTimeout = requireNonNull(statementTimeout, "statementTimeout");
        return this;
    }

    /** Sets from which duration on a statement is logged as slow; zero for never, which is the default. */
    public DatabaseSettingsBuilder slowQueryThreshold(Duration slowQueryThreshold) {
        this.slowQueryThreshold = requireNonNull(slowQueryThreshold, "slowQueryThreshold");
        return this;
    }

    /** Sets how many of its last queries a wrapper remembers, 0 to 100000. The default is 0; with Django's DEBUG 9000. */
    public DatabaseSettingsBuilder queriesLimit(int queriesLimit) {
        this.queriesLimit = queriesLimit;
        return this;
    }

    /** Sets whether parameters, which may be secrets, are shown where statements are logged. The default is false. */
    public DatabaseSettingsBuilder logParameters(boolean logParameters) {
        this.logParameters = logParameters;
        return this;
    }

    /**
     * Sets whether error messages show the values of parameters and rows that the database puts there. It is for development:
     * they may be secrets, and messages are logged. The default is false.
     */
    public DatabaseSettingsBuilder valuesInErrors(boolean valuesInErrors) {
        this.valuesInErrors = valuesInErrors;
        return this;
    }

    /**
     * {@return the settings}
     *
     * @throws ImproperlyConfiguredException if a value is out of its range; the message names it
     */
    public DatabaseSettings build() {
        if (!ALIAS.matcher(alias).matches()) {
            throw new ImproperlyConfiguredException(
                    "The alias '%s' is not usable: use a letter, then letters, digits, '_' or '-', 63 at the most"
                            .formatted(printable(alias)));
        }
        check(!engine.isBlank(), "engine", "is missing", "name a backend, such as sqlite3 or postgresql");
        check(port >= 0 && port <= 65_535, "port", "was " + port, "use 1 to 65535");
        check(
                maxConnections == null || (maxConnections >= 1 && maxConnections <= MOST_CONNECTIONS),
                "maxConnections",
                "was " + maxConnections,
                "use 1 to " + MOST_CONNECTIONS + ", or unlimited");
        if (connMaxAge != null) {
            notNegative(connMaxAge, "connMaxAge", "use 0 to close with each unit of work, or unlimited");
        }
        if (idleTimeout != null) {
            String wayOut = "use more than 0, or unlimited; connMaxAge of 0 closes with each unit of work";
            check(!idleTimeout.isZero(), "idleTimeout", "was 0 s", wayOut);
            notNegative(idleTimeout, "idleTimeout", wayOut);
        }
        notNegative(healthCheckIdle, "healthCheckIdle", "use 0 to probe after each boundary");
        notNegative(statementTimeout, "statementTimeout", "use 0 for no limit");
        notNegative(leakWarningAfter, "leakWarningAfter", "use 0 to warn of none");
        notNegative(slowQueryThreshold, "slowQueryThreshold", "use 0 to log none as slow");
        check(
                queriesLimit >= 0 && queriesLimit <= MOST_QUERIES,
                "queriesLimit",
                "was " + queriesLimit,
                "use 0 for no list, or up to " + MOST_QUERIES);
        positive(acquireTimeout, "acquireTimeout");
        positive(connectTimeout, "connectTimeout");
        positive(probeTimeout, "probeTimeout");
        positive(commitTimeout, "commitTimeout");
        return new DatabaseSettings(this);
    }

    private void notNegative(Duration value, String setting, String wayOut) {
        check(!value.isNegative() && value.compareTo(LONGEST) <= 0, setting, "was " + seconds(value), wayOut);
    }

    private void positive(Duration value, String setting) {
        check(!value.isZero(), setting, "was 0 s", "every wait is bounded, so use more than 0");
        notNegative(value, setting, "use more than 0 and less than a century");
    }

    private void check(boolean holds, String setting, String seen, String wayOut) {
        if (!holds) {
            throw new ImproperlyConfiguredException(
                    "Setting '%s' of database '%s' %s; %s".formatted(setting, alias, seen, wayOut));
        }
    }

    private static String seconds(Duration value) {
        return value.toNanosPart() == 0 ? value.toSeconds() + " s" : value.toString();
    }

    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
