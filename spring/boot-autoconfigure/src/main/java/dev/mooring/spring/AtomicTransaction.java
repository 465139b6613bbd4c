package dev.mooring.spring;

import static java.util.Objects.requireNonNull;

import dev.mooring.AtomicBlock;
import dev.mooring.AtomicOptions;
import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.ExecuteWrapper;
import dev.mooring.Transaction;
import dev.mooring.UnitOfWork;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.TransactionManagementException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.SavepointManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.SmartTransactionObject;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** One transaction as seen by one {@code TransactionStatus}: the block that it began, or the one that it found. For one thread. */
final class AtomicTransaction implements SmartTransactionObject, SavepointManager {

    private static final Logger LOG = LoggerFactory.getLogger(AtomicTransaction.class);

    private final Databases databases;
    private final Database database;
    private final DataSource source;

    /** Of the wrapper that this works on, also while that is suspended or shut down. */
    private Transaction transaction;

    private boolean inBlock;

    /** What the thread is in; null if nothing was begun by Spring. */
    private @Nullable BlockConnections connections;

    private @Nullable AtomicBlock block;
    private @Nullable UnitOfWork unit;
    private ExecuteWrapper.@Nullable Scope deadline;
    private boolean outermost;
    private boolean ending;
    private boolean committed;

    /** @param source where Spring's JDBC classes look for connections of the transaction */
    AtomicTransaction(Databases databases, Database database, DataSource source) {
        this.databases = databases;
        this.database = database;
        this.source = source;
        this.transaction = database.transaction();
        this.inBlock = database.inAtomicBlock();
        this.connections =
                inBlock && TransactionSynchronizationManager.getResource(source) instanceof BlockConnections bound
                        ? bound
                        : null;
    }

    /** {@return whether the thread was in a block when this was made, and that is not suspended} */
    boolean isInBlock() {
        return inBlock;
    }

    /** {@return whether its end is that of the transaction in the database} */
    boolean isOutermost() {
        return outermost;
    }

    void begin(AtomicOptions options, int timeout) {
        outermost = !inBlock;
        try {
            transaction = database.transaction();
            unit = databases.unitOfWork();
            AtomicBlock entered = database.beginAtomic(outermost ? options : AtomicOptions.defaults());
            block = entered;
            if (outermost) {
                bind(timeout);
            }
            if (connections != null) {
                connections.entered(entered);
            }
        } catch (Throwable e) {
            end();
            throw e;
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
        inBlock = false;
        connections = null;
    }

    void startEnding() {
        ending = true;
    }

    /** {@return whether it is being committed or rolled back, or was} */
    boolean isEnding() {
        return ending;
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
            HookFailure.report(e);
        } catch (Error e) {
            if (!committed) {
                throw e;
            }
            HookFailure.report(e);
        }
    }

    private RuntimeException notCommitted(RuntimeException failure, DatabaseExceptionTranslator translator) {
        if (failure instanceof TransactionManagementException) {
            return new UnexpectedRollbackException(String.valueOf(failure.getMessage()), failure);
        }
        DataAccessException translated = translator.translateExceptionIfPossible(failure);
        if (translated != null) {
            return translated;
        }
        return failure instanceof DatabaseException ? failed("commit a transaction", failure) : failure;
    }

    void rollback() {
        if (outermost) {
            unbind();
        }
        try {
            requireNonNull(block).close();
        } catch (DatabaseException e) {
            throw failed("roll back a transaction", e);
        }
    }

    void onCommit(Runnable hook) {
        try {
            database.onCommit(hook);
        } catch (DatabaseException e) {
            throw failed("register what is to be done after the commit", e);
        }
    }

    /** Marks what has to be rolled back: what Spring began here, unless a block of {@code databases.atomic} is inside it. */
    void setRollbackOnly() {
        if (connections != null && connections.markInnermost()) {
            return;
        }
        try {
            transaction.setRollback(true);
        } catch (DatabaseException e) {
            throw failed("mark a transaction for rollback", e);
        }
    }

    private TransactionSystemException failed(String what, RuntimeException cause) {
        return new TransactionSystemException("Could not %s on database '%s'".formatted(what, database.alias()), cause);
    }

    @Override
    public boolean isRollbackOnly() {
        return (connections != null && connections.isMarked()) || isBlockMarked();
    }

    private boolean isBlockMarked() {
        try {
            return transaction.getRollback();
        } catch (DatabaseException outsideAtomic) {
            return false;
        }
    }

    /**
     * Ends what was begun here, after commit or rollback, or if neither was possible. Logs what fails, for Spring resumes what it has
     * suspended after this call.
     */
    void end() {
        if (connections != null && block != null) {
            connections.left(block);
        }
        if (outermost) {
            unbind();
        }
        close(block);
        close(deadline);
        close(unit);
    }

    private void unbind() {
        if (connections != null && TransactionSynchronizationManager.getResource(source) == connections) {
            Object unused = TransactionSynchronizationManager.unbindResource(source);
        }
    }

    private void close(@Nullable AutoCloseable begun) {
        if (begun == null) {
            return;
        }
        try {
            begun.close();
        } catch (Exception e) {
            LOG.warn("A transaction on database '{}' could not be ended in good order", database.alias(), e);
        }
    }

    @Override
    public void flush() {}

    @Override
    public Object createSavepoint() {
        Object savepoint;
        try {
            savepoint = transaction.savepoint();
        } catch (DatabaseException e) {
            throw failed("set a savepoint", e);
        }
        if (savepoint == null) {
            throw new IllegalTransactionStateException(
                    "Could not set a savepoint on database '%s': the transaction has ended"
                            .formatted(database.alias()));
        }
        return savepoint;
    }

    @Override
    public void rollbackToSavepoint(Object savepoint) {
        try {
            transaction.savepointRollback((String) savepoint);
        } catch (DatabaseException e) {
            throw failed("roll back to a savepoint", e);
        }
    }

    @Override
    public void releaseSavepoint(Object savepoint) {
        try {
            transaction.savepointCommit((String) savepoint);
        } catch (DatabaseException e) {
            throw failed("release a savepoint", e);
        }
    }
}
