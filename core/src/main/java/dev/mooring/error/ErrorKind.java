package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of {@link DatabaseException}, each of which makes its own: the one way to make one.
 *
 * <p>A backend names the kind (through its error classifier); the layer makes the exception.
 */
public enum ErrorKind {
    /** {@link InterfaceException}. */
    INTERFACE,
    /** {@link DataException}. */
    DATA,
    /** {@link OperationalException}. */
    OPERATIONAL,
    /** {@link IntegrityException}. */
    INTEGRITY,
    /** {@link InternalException}. */
    INTERNAL,
    /** {@link ProgrammingException}. */
    PROGRAMMING,
    /** {@link NotSupportedException}. */
    NOT_SUPPORTED,
    /** {@link TransactionManagementException}. */
    TRANSACTION_MANAGEMENT,
    /** {@link CommitOutcomeUnknownException}. */
    COMMIT_OUTCOME_UNKNOWN,
    /** {@link TransactionConflictException}: benign, since the connection is valid and the transaction can only be rolled back. */
    TRANSACTION_CONFLICT,
    /** {@link LeaseTimeoutException}. */
    LEASE_TIMEOUT,
    /** {@link DatabaseException} itself, for what fits nowhere else. */
    DATABASE;

    /** {@return a new exception of this kind with no cause} */
    public DatabaseException exception(String message) {
        return exception(message, null);
    }

    /** {@return a new exception of this kind, caused by {@code cause}} */
    public DatabaseException exception(String message, @Nullable Throwable cause) {
        return switch (this) {
            case INTERFACE -> new InterfaceException(message, cause);
            case DATA -> new DataException(message, cause);
            case OPERATIONAL -> new OperationalException(message, cause);
            case INTEGRITY -> new IntegrityException(message, cause);
            case INTERNAL -> new InternalException(message, cause);
            case PROGRAMMING -> new ProgrammingException(message, cause);
            case NOT_SUPPORTED -> new NotSupportedException(message, cause);
            case TRANSACTION_MANAGEMENT -> new TransactionManagementException(message, cause);
            case COMMIT_OUTCOME_UNKNOWN -> new CommitOutcomeUnknownException(message, cause);
            case TRANSACTION_CONFLICT -> new TransactionConflictException(message, cause);
            case LEASE_TIMEOUT -> new LeaseTimeoutException(message, cause);
            case DATABASE -> new DatabaseException(message, cause);
        };
    }

    /**
     * {@return a new {@link #COMMIT_OUTCOME_UNKNOWN} that says which transaction it is about}
     *
     * @param alias the database
     * @param transaction what the database calls the transaction
     * @param session what the server calls the session: on PostgreSQL, the number of its process
     */
    public static CommitOutcomeUnknownException commitOutcomeUnknown(
            String message,
            @Nullable Throwable cause,
            String alias,
            @Nullable String transaction,
            @Nullable String session) {
        return new CommitOutcomeUnknownException(message, cause, alias, transaction, session);
    }
}
