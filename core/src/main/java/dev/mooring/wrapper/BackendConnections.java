package dev.mooring.wrapper;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.pool.ConnectionSource;
import dev.mooring.pool.PooledConnection;
import dev.mooring.spi.Backend;
import dev.mooring.spi.Connector;
import dev.mooring.spi.ServerVersion;
import dev.mooring.spi.SessionRules;
import dev.mooring.spi.TransactionControl;
import dev.mooring.spi.TransactionStatus;
import dev.mooring.statement.ErrorTranslator;
import dev.mooring.statement.LockRetry;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and closes a backend's connections for the pool, and says so in the log. Thread-safe. */
public final class BackendConnections implements ConnectionSource {

    /** Made beforehand: an abort for want of memory finds it ready. */
    private static final Executor CALLER_RUNS = Runnable::run;

    /** Named after Django's {@code django.db.backends}. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.db.backends");

    private final DatabaseSettings settings;
    private final Connector connector;
    private final TransactionControl control;
    private final SessionRules rules;
    private final @Nullable ServerVersion minimumVersion;
    private final ErrorTranslator errors;
    private final LockRetry lockRetry;
    private final Runnable beforeOpening;
    private final LongAdder unclosed = new LongAdder();

    BackendConnections(
            DatabaseSettings settings,
            Backend backend,
            ErrorTranslator errors,
            LockRetry lockRetry,
            Runnable beforeOpening) {
        this.settings = settings;
        this.connector = backend.connector();
        this.control = backend.transactionControl();
        this.rules = backend.sessionRules();
        this.minimumVersion = backend.minimumVersion().orElse(null);
        this.errors = errors;
        this.lockRetry = lockRetry;
        this.beforeOpening = beforeOpening;
    }

    @Override
    public Connection open() {
        return open(settings.connectTimeout());
    }

    @Override
    public Connection open(Duration timeout) {
        beforeOpening.run();
        Duration within = timeout.compareTo(settings.connectTimeout()) < 0 ? timeout : settings.connectTimeout();
        try {
            Connection connection = lockRetry.call(() -> connector.open(within));
            initialize(connection);
            return connection;
        } catch (SQLException e) {
            throw errors.connectFailed(e, settings);
        }
    }

    private void initialize(Connection connection) throws SQLException {
        try {
            checkVersion(connection);
            lockRetry.run(() -> connector.initialize(connection));
            LOG.debug("open connection {} to database '{}'", id(connection), settings.alias());
        } catch (SQLException | RuntimeException | Error e) {
            close(connection);
            throw e;
        }
    }

    /** Of each connection, for it costs nothing: what answers at an address may be another server tomorrow. */
    private void checkVersion(Connection connection) throws SQLException {
        if (minimumVersion == null) {
            return;
        }
        DatabaseMetaData server = connection.getMetaData();
        ServerVersion found = ServerVersion.of(server);
        if (found.compareTo(minimumVersion) < 0) {
            throw ErrorKind.NOT_SUPPORTED.exception(
                    "Database '%s' needs %s %s or later, but found %s; update the server"
                            .formatted(settings.alias(), server.getDatabaseProductName(), minimumVersion, found));
        }
    }

    @Override
    public boolean isRefusal(DatabaseException error) {
        return error.getCause() instanceof SQLException cause
                && errors.classify(cause).isRefusal();
    }

    @Override
    public boolean isUsable(Connection connection) {
        return connector.isUsable(connection, settings.probeTimeout());
    }

    /** The watcher of calls ends what the driver does not: it may count from each byte anew. */
    @Override
    public boolean isUsable(PooledConnection connection, Duration timeout) {
        Duration within = timeout.compareTo(settings.probeTimeout()) < 0 ? timeout : settings.probeTimeout();
        connection.calls().beginWithin(limit(within));
        try {
            return connector.isUsable(connection.connection(), within)
                    && !connection.calls().wasInterrupted();
        } finally {
            connection.calls().end();
        }
    }

    /** {@return {@code timeout} in nanoseconds, for the watcher of calls; zero if it is not to end such calls} */
    long limit(Duration timeout) {
        return connector.interruptsAnyCall() ? timeout.toNanos() : 0;
    }

    @Override
    public Duration callTimeout() {
        return connector.statementTimeout();
    }

    @Override
    public void interrupt(Connection connection) {
        LOG.debug("interrupt connection {} to database '{}'", id(connection), settings.alias());
        try {
            connector.interrupt(connection);
        } catch (SQLException | RuntimeException e) {
            LOG.debug("Interrupting a statement on database '{}' failed", settings.alias(), e);
        }
    }

    @Override
    public boolean isInMemory() {
        return connector.isInMemory();
    }

    @Override
    public boolean rollbackAndReset(Connection connection, boolean notResettable) {
        if (!isInMemory() || !endTransaction(connection) || !isUsable(connection)) {
            return false;
        }
        if (!notResettable) {
            resetAsFarAsPossible(connection);
        }
        return true;
    }

    /** {@return whether the connection is out of any transaction now} */
    boolean endTransaction(Connection connection) {
        try {
            if (control.status(connection) != TransactionStatus.NONE) {
                control.rollback(connection);
            }
            return true;
        } catch (SQLException | RuntimeException e) {
            LOG.warn("A transaction that was left open in database '{}' could not be ended", settings.alias(), e);
            return false;
        }
    }

    /** The data is worth more than a session that is as it was. */
    private void resetAsFarAsPossible(Connection connection) {
        try {
            rules.reset(connection);
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "The session of database '{}', which is in memory, could not be reset in full: what is temporary may"
                            + " stay for the next user. Close the statements before their thread or unit of work ends",
                    settings.alias(),
                    e);
        }
    }

    /** {@return how many connections the driver refused to close} They are open for as long as this process lives. */
    public long unclosed() {
        return unclosed.sum();
    }

    @Override
    public void close(Connection connection) {
        try {
            LOG.debug("close connection {} to database '{}'", id(connection), settings.alias());
        } finally {
            closeOrRollBack(connection);
        }
    }

    @Override
    public void abort(Connection connection) {
        try {
            LOG.debug("abort connection {} to database '{}'", id(connection), settings.alias());
            // Where abort() does nothing, close() waits for the statement that another thread is at.
            if (!connector.interruptsAnyCall()) {
                interrupt(connection);
            }
            connection.abort(CALLER_RUNS);
        } catch (SQLException | RuntimeException | LinkageError e) {
            // LinkageError: a driver older than abort().
            LOG.debug("Aborting a connection to database '{}' failed; it is closed", settings.alias(), e);
        } finally {
            // Whatever came of that: SQLite's abort() closes nothing.
            closeOrRollBack(connection);
        }
    }

    /** A driver that fails may have closed nothing, and what is then still open keeps its transaction's locks. */
    private void closeOrRollBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            if (isOpen(connection)) {
                rollBackAndClose(connection, e);
            } else {
                LOG.debug("Closing a connection to database '{}' failed; it is dropped", settings.alias(), e);
            }
        }
    }

    private void rollBackAndClose(Connection connection, Exception failure) {
        String locks = endTransaction(connection) ? "holds no locks" : "may hold locks";
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            unclosed.increment();
            LOG.warn(
                    "The driver refused to close a connection to database '{}'; it {}, and stays open until this"
                            + " process ends. {} such so far",
                    settings.alias(),
                    locks,
                    unclosed.sum(),
                    failure);
        }
    }

    private static boolean isOpen(Connection connection) {
        try {
            return !connection.isClosed();
        } catch (SQLException | RuntimeException e) {
            return true;
        }
    }

    private static String id(Connection connection) {
        return Integer.toHexString(System.identityHashCode(connection));
    }
}
