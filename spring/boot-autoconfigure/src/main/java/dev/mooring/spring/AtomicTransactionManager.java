package dev.mooring.spring;

import dev.mooring.AtomicOptions;
import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.Suspension;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.IsolationLevel;
import dev.mooring.error.DatabaseException;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/**
 * Spring's transactions on {@code atomic}: {@code @Transactional}, {@code TransactionTemplate}, {@code databases.atomic} and
 * {@code databases.onCommit} mean one transaction, and {@code JdbcTemplate} and its like are in it through the
 * {@link Database#dataSource()}. Each is a unit of work.
 *
 * <p>It is a {@link DataSourceTransactionManager} to be injected where one is asked for, and shares nothing else with it.
 *
 * <ul>
 *   <li>REQUIRED joins a block of {@code atomic}, whoever began it; NESTED is a block inside, on a savepoint, with its hooks.
 *   <li>REQUIRES_NEW and NOT_SUPPORTED suspend it: calls of {@link Databases} follow. On SQLite a suspended transaction keeps the
 *       write lock, so who wants to write beside it is refused at once.
 *   <li>In order: {@code beforeCommit} and {@code beforeCompletion} of synchronizations, COMMIT, hooks of {@code onCommit},
 *       {@code afterCommit}, {@code afterCompletion}. Hooks run as if there were no transaction. If one fails, its exception reaches the
 *       caller as one of {@code afterCommit} would.
 *   <li>In a block that {@code databases.atomic} began, {@code afterCommit} and {@code afterCompletion} of synchronizations wait for
 *       its commit; if it is rolled back later, they are not called.
 * </ul>
 *
 * <p>A commit whose outcome is unknown is a {@link TransactionSystemException} that is caused by a
 * {@link dev.mooring.error.CommitOutcomeUnknownException}. Transactions that are ended by hand before those inside them are an
 * {@link IllegalTransactionStateException} and rolled back. All else that goes wrong is a
 * {@link org.springframework.transaction.TransactionException} too, but for what the database refuses at COMMIT, which is a
 * {@link org.springframework.dao.DataAccessException}, and an exception out of a hook. Thread-safe.
 */
@SuppressWarnings("serial") // As a serializable class it would need a way to find its Databases again.
public final class AtomicTransactionManager extends DataSourceTransactionManager {

    private final transient Databases databases;
    private final transient Database database;
    private final transient DatabaseExceptionTranslator translator = new DatabaseExceptionTranslator();

    /** Makes one for the database {@value DatabaseSettings#DEFAULT_ALIAS}. */
    public AtomicTransactionManager(Databases databases) {
        this(databases, DatabaseSettings.DEFAULT_ALIAS);
    }

    /**
     * Makes one for the database {@code alias}.
     *
     * @throws dev.mooring.error.ConnectionDoesNotExistException if there is none
     */
    public AtomicTransactionManager(Databases databases, String alias) {
        this.databases = databases;
        this.database = databases.using(alias);
        setDataSource(database.dataSource());
    }

    /**
     * Sets the data source that Spring's JDBC classes use, where that is a proxy of the one of the database.
     *
     * @throws IllegalArgumentException if {@code source} leads to another database
     */
    @Override
    public void setDataSource(@Nullable DataSource source) {
        try {
            if (source == null
                    || !source.isWrapperFor(Database.class)
                    || !source.unwrap(Database.class).equals(database)) {
                throw new IllegalArgumentException(
                        "The transaction manager of database '%s' takes its dataSource() or a proxy of it, not %s"
                                .formatted(database.alias(), source));
            }
        } catch (SQLException e) {
            throw new IllegalArgumentException("The data source cannot be asked for its database: " + source, e);
        }
        super.setDataSource(source);
    }

    /**
     * Rolls back what this thread has begun by hand through managers of this class and not ended, with a warning in the log. For the
     * end of a request or job: what stayed bound to a thread of a pool would be found by the next one.
     */
    public static void rollBackLeftOpen() {
        OpenTransactions.rollBackAll();
    }

    @Override
    protected Object doGetTransaction() {
        try {
            return new AtomicTransaction(databases, database, source());
        } catch (DatabaseException e) {
            throw cannotBegin(e);
        }
    }

    @Override
    protected boolean isExistingTransaction(Object transaction) {
        return of(transaction).isInBlock();
    }

    /** A nested transaction is begun as a block, which has its commit hooks with it. */
    @Override
    protected boolean useSavepointForNestedTransaction() {
        return false;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        try {
            of(transaction).begin(options(definition), determineTimeout(definition));
        } catch (DatabaseException e) {
            throw cannotBegin(e);
        }
    }

    private CannotCreateTransactionException cannotBegin(DatabaseException cause) {
        return new CannotCreateTransactionException(
                "Could not begin a transaction on database '%s'".formatted(database.alias()), cause);
    }

    @Override
    protected void prepareSynchronization(DefaultTransactionStatus status, TransactionDefinition definition) {
        super.prepareSynchronization(status, definition);
        if (status.isNewTransaction() || status.getSuspendedResources() != null || status.isNewSynchronization()) {
            OpenTransactions.add(this, status);
        }
        if (status.isNewSynchronization() && !(status.isNewTransaction() && status.getSuspendedResources() == null)) {
            TransactionSynchronizationManager.registerSynchronization(new EndOfScope(this, status));
        }
    }

    private static AtomicOptions options(TransactionDefinition definition) {
        AtomicOptions options = AtomicOptions.defaults();
        if (definition.isReadOnly()) {
            options = options.readOnly();
        }
        IsolationLevel isolation = switch (definition.getIsolationLevel()) {
            case TransactionDefinition.ISOLATION_READ_UNCOMMITTED -> IsolationLevel.READ_UNCOMMITTED;
            case TransactionDefinition.ISOLATION_READ_COMMITTED -> IsolationLevel.READ_COMMITTED;
            case TransactionDefinition.ISOLATION_REPEATABLE_READ -> IsolationLevel.REPEATABLE_READ;
            case TransactionDefinition.ISOLATION_SERIALIZABLE -> IsolationLevel.SERIALIZABLE;
            default -> null;
        };
        return isolation == null ? options : options.isolation(isolation);
    }

    @Override
    protected Object doSuspend(Object transaction) {
        Suspension suspension = Suspending.suspend(database);
        of(transaction).leave();
        return new Suspended(suspension, TransactionSynchronizationManager.unbindResourceIfPossible(source()));
    }

    @Override
    protected void doResume(@Nullable Object transaction, Object suspendedResources) {
        rollBackForgotten();
        Suspended suspended = (Suspended) suspendedResources;
        Suspending.resume(database, suspended.suspension);
        Object unused = TransactionSynchronizationManager.unbindResourceIfPossible(source());
        if (suspended.bound != null) {
            TransactionSynchronizationManager.bindResource(source(), suspended.bound);
        }
    }

    /** Ends what was begun inside the transaction that ends now, and not ended. */
    private static void rollBackForgotten() {
        if (OpenTransactions.forgetEnded()) {
            // It has resumed the synchronizations of the transaction that ends now, which have been told.
            TransactionSynchronizationManager.clear();
        }
    }

    /**
     * Where the commit will be that of a block around, what synchronizations want to do after it is put off until then: Spring
     * would do it at the end of this method, with nothing committed.
     */
    @Override
    protected void prepareForCommit(DefaultTransactionStatus status) {
        startEnding(status);
        if (!status.isNewSynchronization()
                || !status.hasTransaction()
                || of(status).isOutermost()) {
            return;
        }
        TransactionSynchronizationUtils.triggerBeforeCommit(status.isReadOnly());
        TransactionSynchronizationUtils.triggerBeforeCompletion();
        List<TransactionSynchronization> waiting = TransactionSynchronizationManager.getSynchronizations();
        TransactionSynchronizationManager.clearSynchronization();
        TransactionSynchronizationManager.initSynchronization();
        OpenTransactions.remove(status);
        if (!waiting.isEmpty()) {
            of(status).onCommit(() -> committed(waiting));
        }
    }

    private void startEnding(DefaultTransactionStatus status) {
        if (status.hasTransaction()) {
            of(status).startEnding();
        }
        if (OpenTransactions.rollBackInside(status)) {
            throw OpenTransactions.endedTooEarly(database);
        }
    }

    private static void committed(List<TransactionSynchronization> waiting) {
        try {
            TransactionSynchronizationUtils.invokeAfterCommit(waiting);
        } finally {
            TransactionSynchronizationUtils.invokeAfterCompletion(waiting, TransactionSynchronization.STATUS_COMMITTED);
        }
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        startEnding(status); // Synchronizations may have begun something since prepareForCommit.
        of(status).commit(translator);
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        startEnding(status);
        of(status).rollback();
    }

    @Override
    protected void doSetRollbackOnly(DefaultTransactionStatus status) {
        of(status).setRollbackOnly();
    }

    /** A method that joined a block of {@code databases.atomic} has failed, so that block is marked for rollback. */
    @Override
    protected void registerAfterCompletionWithExistingTransaction(
            Object transaction, List<TransactionSynchronization> synchronizations) {
        TransactionSynchronizationUtils.invokeAfterCompletion(
                synchronizations, TransactionSynchronization.STATUS_ROLLED_BACK);
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        of(transaction).end();
        rollBackForgotten();
    }

    private DataSource source() {
        return obtainDataSource();
    }

    /** {@return what {@code status}, which has a transaction, is about} */
    static AtomicTransaction of(DefaultTransactionStatus status) {
        return of(status.getTransaction());
    }

    private static AtomicTransaction of(Object transaction) {
        return (AtomicTransaction) transaction;
    }

    private record Suspended(
            Suspension suspension, @Nullable Object bound) {}
}
