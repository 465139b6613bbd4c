package dev.mooring.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a commit was lost: the transaction is committed, rolled back or still running, and nobody here can tell.
 * {@code Databases.outcome} asks the database, if the block was {@code AtomicOptions.resolvable()}.
 */
public class CommitOutcomeUnknownException extends OperationalException {

    private static final long serialVersionUID = 2L;

    private final @Nullable String alias;
    private final @Nullable String transaction;
    private final @Nullable String session;

    CommitOutcomeUnknownException(String message, @Nullable Throwable cause) {
        this(message, cause, null, null, null);
    }

    CommitOutcomeUnknownException(
            String message,
            @Nullable Throwable cause,
            @Nullable String alias,
            @Nullable String transaction,
            @Nullable String session) {
        super(message, cause);
        this.alias = alias;
        this.transaction = transaction;
        this.session = session;
    }

    /** {@return the database} */
    public Optional<String> alias() {
        return Optional.ofNullable(alias);
    }

    /** {@return what the database calls the transaction; empty if nobody asked, or it had changed nothing} */
    public Optional<String> transaction() {
        return Optional.ofNullable(transaction);
    }

    /** {@return what the server calls the session that was to commit; on PostgreSQL, the number of its process} */
    public Optional<String> session() {
        return Optional.ofNullable(session);
    }
}
