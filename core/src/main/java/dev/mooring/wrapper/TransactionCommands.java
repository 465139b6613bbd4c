package dev.mooring.wrapper;

import dev.mooring.config.IsolationLevel;
import dev.mooring.jfr.FlightRecorder;
import dev.mooring.pool.Clock;
import dev.mooring.pool.PooledConnection;
import dev.mooring.spi.TransactionControl;
import dev.mooring.spi.TransactionStatus;
import dev.mooring.statement.LockRetry;
import dev.mooring.statement.UnreadChanges;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends what begins and ends transactions, waits for other processes' locks where it may, and tells the query log, in
 * standard SQL whatever the backend sends. Confined to the wrapper's thread.
 */
final class TransactionCommands {

    private static final long NOT_RECORDED = Long.MIN_VALUE;

    private final TransactionControl control;
    private final LockRetry lockRetry;
    private final QueryLog queries;
    private final UnreadChanges unread;

    private final ConnectionHolder held;
    private final long limit;
    private final Clock clock;
    private final String alias;

    /** When the transaction began that is open; only while transactions are recorded. */
    private long begunAt = NOT_RECORDED;

    TransactionCommands(DatabaseContext context, ConnectionHolder held, QueryLog queries, UnreadChanges unread) {
        this.held = held;
        this.clock = context.registry().clock();
        this.alias = context.alias();
        this.limit = context.connections().limit(context.settings().commitTimeout());
        this.control = context.backend().transactionControl();
        this.lockRetry = context.lockRetry();
        this.queries = queries;
        this.unread = unread;
    }

    void begin(Connection connection, boolean readOnly, @Nullable IsolationLevel level) throws SQLException {
        // Those of the transaction before: a connection that is held for long would gather them without end.
        connection.clearWarnings();
        begunAt = FlightRecorder.recordsTransactions() ? clock.exact() : NOT_RECORDED;
        logged(
                "BEGIN",
                "",
                () -> lockRetry.run(() -> {
                    if (level == null) {
                        control.begin(connection, readOnly);
                    } else {
                        control.begin(connection, readOnly, level);
                    }
                }));
    }

    void commit(Connection connection) throws SQLException {
        end("COMMIT", () -> lockRetry.run(() -> control.commit(connection)));
    }

    void rollback(Connection connection) throws SQLException {
        end("ROLLBACK", () -> control.rollback(connection));
    }

    private void end(String words, LockRetry.SqlAction action) throws SQLException {
        long begun = begunAt;
        begunAt = NOT_RECORDED;
        if (begun == NOT_RECORDED) {
            logged(words, "", action);
            return;
        }
        boolean ended = false;
        try {
            logged(words, "", action);
            ended = true;
        } finally {
            FlightRecorder.transaction(alias, words, clock.exact() - begun, ended);
        }
    }

    /** {@return whether no transaction is open on {@code connection}, as far as that is known without asking the server} */
    boolean isIdle(Connection connection) throws SQLException {
        return control.isStatusFree() && control.status(connection) == TransactionStatus.NONE;
    }

    void savepoint(Connection connection, String id) throws SQLException {
        logged("SAVEPOINT ", id, () -> control.savepoint(connection, id));
    }

    void releaseSavepoint(Connection connection, String id) throws SQLException {
        logged("RELEASE SAVEPOINT ", id, () -> control.releaseSavepoint(connection, id));
    }

    void rollbackToSavepoint(Connection connection, String id) throws SQLException {
        logged("ROLLBACK TO SAVEPOINT ", id, () -> control.rollbackToSavepoint(connection, id));
    }

    private void logged(String words, String id, LockRetry.SqlAction action) throws SQLException {
        unread.endAll();
        PooledConnection leased = limit == 0 ? null : held.leased();
        long start = queries.start();
        try {
            if (leased != null) {
                leased.calls().beginWithin(limit);
            }
            action.run();
        } finally {
            if (leased != null) {
                leased.calls().end();
            }
            queries.controlled(words, id, start);
        }
    }
}
