package dev.mooring.jdbc;

import static java.util.Objects.requireNonNull;

import dev.mooring.statement.ErrorTranslator;
import dev.mooring.statement.LockRetry.SqlCall;
import dev.mooring.statement.SqlText;
import dev.mooring.statement.UnreadChanges;
import dev.mooring.wrapper.StatementExecutor;
import dev.mooring.wrapper.StatementRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link JdbcStatement} as every other statement is run, and knows the rows of its last execution. For one thread at a
 * time.
 */
final class JdbcExecution implements UnreadChanges.Change {

    private final JdbcSession session;
    private final JdbcAccess access;
    private final Statement driver;
    private final SqlText prepared;

    /** The rows of the last execution, once the caller has them. */
    private @Nullable ResultSet rows;

    /** Whether they were closed because a transaction began or ended, or a savepoint did, or another statement ran. */
    private boolean rowsEnded;

    JdbcExecution(JdbcSession session, JdbcAccess access, Statement driver, SqlText prepared) {
        this.session = session;
        this.access = access;
        this.driver = driver;
        this.prepared = prepared;
    }

    /** {@return what {@code call} returns, which runs {@code text}} It is repeated where it waits for a lock or was stale. */
    <T> T run(SqlText text, long limitNanos, SqlCall<T> call) throws SQLException {
        StatementExecutor executor = session.executor();
        access.ensure(text);
        Run run = new Run(executor, text, limitNanos);
        try {
            forgetRows();
            T result = run.execute(
                    null,
                    () -> executor.repeatingStale(() -> executor.lockRetry().call(call)));
            run.hasRows = result instanceof ResultSet || Boolean.TRUE.equals(result);
            if (run.hasRows && text.returning() && executor.unread() != null) {
                requireNonNull(executor.unread()).add(this);
            }
            return result;
        } finally {
            run.close();
        }
    }

    /** {@return what {@code call} returns, which runs a batch of so many statements} What is half done cannot be repeated. */
    <T> T runBatch(SqlText text, int statements, long limitNanos, SqlCall<T> call) throws SQLException {
        // Outside the block, in which autocommit is off.
        access.ensure(text);
        return JdbcBatchBlock.run(session.core(), () -> {
            Run run = new Run(session.executor(), text, limitNanos);
            try {
                forgetRows();
                return run.executeMany(statements, call);
            } finally {
                run.close();
            }
        });
    }

    /** The driver closes the rows of the execution before. */
    private void forgetRows() {
        rows = null;
        rowsEnded = false;
        readToEnd();
    }

    /** The caller was given these rows. */
    void gave(ResultSet given) {
        rows = given;
    }

    /** Refuses to read on in rows that were closed, which drivers may take for their end. */
    void requireRows() throws SQLException {
        if (rowsEnded) {
            throw new SQLException(
                    ("The rows of a change with RETURNING on database '%s' were closed before they were read to the"
                                    + " end, because a transaction began or ended, or a savepoint, or another statement"
                                    + " ran with autocommit on: read them before; statement: %s")
                            .formatted(session.core().alias(), ErrorTranslator.shortened(prepared.sql())),
                    JdbcErrors.CURSOR_STATE);
        }
    }

    /** The rows of a change were read to the end. */
    void readToEnd() {
        UnreadChanges unread = session.executor().unread();
        if (unread != null) {
            unread.remove(this);
        }
    }

    /** The rows were closed. */
    void closed() {
        readToEnd();
        session.unlockWriting(this);
    }

    @Override
    public void end() throws SQLException {
        if (session.isClosed() || driver.isClosed()) {
            return;
        }
        ResultSet open = rows == null ? driver.getResultSet() : rows;
        if (open != null) {
            open.close();
        }
        rowsEnded = true;
        session.unlockWriting(this);
    }

    @Override
    public Object owner() {
        return session;
    }

    /** One execution. Its parameters were given to the driver one by one, and are not known any more. */
    private final class Run extends StatementRun<SQLException> {

        /** Whether the caller may read rows, which keep the write lock. */
        private boolean hasRows;

        Run(StatementExecutor executor, SqlText text, long limitNanos) {
            super(executor, text.sql(), text, limitNanos);
        }

        @Override
        public RuntimeException handle(Throwable error) throws SQLException {
            return session.handle(error, sql());
        }

        /** Ends this, and gives back the write lock that the rows of the execution before had kept. */
        void close() {
            try {
                session.unlockWriting(JdbcExecution.this);
            } finally {
                end();
            }
        }

        @Override
        protected void releaseWriteLock() {
            if (hasRows) {
                session.keepWriteLock(JdbcExecution.this);
            } else {
                super.releaseWriteLock();
            }
        }
    }
}
