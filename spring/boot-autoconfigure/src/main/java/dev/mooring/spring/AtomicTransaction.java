package dev.mooring.spring;

import static java.util.Objects.requireNonNull;

import dev.mooring.AtomicBlock;
import dev.mooring.AtomicOptions;
import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.ExecuteWrapper;
import dev.mooring.UnitOfWork;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.TransactionManagementException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.SavepointManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.SmartTransactionObject;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** One transaction as seen by one {@code TransactionStatus}: the block that it began, or the one that it found. For one thread. */
final class AtomicTransaction implements SmartTransactionObject, SavepointManager {

    private final Databases databases;
    private final Database database;
    private final DataSource source;

    /** What the thread is in; null if nothing was begun by Spring. */
    private @Nullable BlockConnections connections;

    private @Nullable AtomicBlock block;
    private @Nullable UnitOfWork unit;
    private ExecuteWrapper.@Nullable Scope deadline;
    private boolean outermost;
    private boolean committed;

    /** @param source where Spring's JDBC classes look for connections of the transaction */
    AtomicTransaction(Databases databases, Database database, DataSource source) {
        this.databases = databases;
        this.database = database;
        this.source = source;
        this.connections =
                TransactionSynchronizationManager.getResource(source) instanceof BlockConnections bound ? bound : null;
    }

    /** {@return whether its end is that of the transaction in the database} */
    boolean isOutermost() {
        return outermost;
    }

    void begin(AtomicOptions options, int timeout) {
        outermost = !database.get().inAtomicBlock();
        UnitOfWork begun = databases.unitOfWork();
        boolean done = false;
        try {
            AtomicBlock entered = database.beginAtomic(outermost ? options : AtomicOptions.defaults());
            block = entered;
            if (outermost) {
                bind(timeout);
            }
            if (connections != null) {
                connections.entered(entered);
            }
            done = true;
        } finally {
            if (done) {
                unit = begun;
            } else {
                close(block);
                begun.close();
            }
        }
    }

    private void bind(int timeout) {
        // The first hook of all tells whether an exception came out of COMMIT or out of a later hook.
        database.onCommit(() -> committed = true);
        BlockConnections bound = new BlockConnections(source);
        if (timeout != TransactionDefinition.TIMEOUT_DEFAULT) {
            bound.setTimeoutInSeconds(timeout);
            deadline = database.get().executeWrapper(execution -> {
                long unused = bound.getTimeToLiveInMillis();
                execution.proceed();
            });
        }
        TransactionSynchronizationManager.bindResource(source, bound);
        connections = bound;
    }

    /** Forgets the transaction, which is being suspended. */
    void leave() {
        connections = null;
    }

    void commit(DatabaseExceptionTranslator translator) {
        if (outermost) {
            unbind();
        }
        try {
            requireNonNull(block).commit();
        } catch (CommitOutcomeUnknownException e) {
            throw new TransactionSystemException(
                    "It is not known whether the transaction was committed; see the cause, and"
                            + " Databases.outcome()",
                    e);
        } catch (RuntimeException e) {
            if (!committed) {
                throw notCommitted(e, translator);
            }
            hookFailed(e);
        } catch (Error e) {
            if (!committed) {
                throw e;
            }
            hookFailed(e);
        }
    }

    private static RuntimeException notCommitted(RuntimeException failure, DatabaseExceptionTranslator translator) {
        if (failure instanceof TransactionManagementException) {
            return new UnexpectedRollbackException(String.valueOf(failure.getMessage()), failure);
        }
        DataAccessException translated = translator.translateExceptionIfPossible(failure);
        if (translated != null) {
            return translated;
        }
        return failure instanceof DatabaseException
                ? new TransactionSystemException("Could not commit", failure)
                : failure;
    }

    /** The transaction is committed: Spring is to say so to its synchronizations, and the caller to see the exception. */
    private static void hookFailed(Throwable failure) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            HookFailure.rethrow(failure);
        }
        TransactionSynchronizationManager.registerSynchronization(new HookFailure(failure));
    }

    void rollback() {
        requireNonNull(block).close();
    }

    /** Marks what has to be rolled back: what Spring began here, unless a block of {@code databases.atomic} is inside it. */
    void setRollbackOnly() {
        if (connections == null || !connections.markInnermost()) {
            database.transaction().setRollback(true);
        }
    }

    @Override
    public boolean isRollbackOnly() {
        return (connections != null && connections.isMarked())
                || (database.get().inAtomicBlock() && database.transaction().getRollback());
    }

    /** Ends what was begun here, after commit or rollback. */
    void end() {
        if (connections != null) {
            connections.left(requireNonNull(block));
        }
        if (outermost) {
            unbind();
        }
        if (deadline != null) {
            deadline.close();
        }
        if (unit != null) {
            unit.close();
        }
    }

    private void unbind() {
        if (connections != null && TransactionSynchronizationManager.getResource(source) == connections) {
            Object unused = TransactionSynchronizationManager.unbindResource(source);
        }
    }

    private static void close(@Nullable AtomicBlock begun) {
        if (begun != null) {
            begun.close();
        }
    }

    @Override
    public void flush() {}

    @Override
    public Object createSavepoint() {
        return requireNonNull(database.transaction().savepoint());
    }

    @Override
    public void rollbackToSavepoint(Object savepoint) {
        database.transaction().savepointRollback((String) savepoint);
    }

    @Override
    public void releaseSavepoint(Object savepoint) {
        database.transaction().savepointCommit((String) savepoint);
    }

    /** Throws what a commit hook threw, once everybody may know that the transaction is committed. */
    private record HookFailure(Throwable failure) implements TransactionSynchronization, Ordered {

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public void afterCommit() {
            rethrow(failure);
        }

        static void rethrow(Throwable failure) {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }
    }
}
