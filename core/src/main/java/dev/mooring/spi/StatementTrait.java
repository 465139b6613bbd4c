package dev.mooring.spi;

/** What a statement does to the transaction and the session around it, where that concerns other statements. */
public enum StatementTrait {
    /** It begins a transaction. */
    BEGINS_TRANSACTION,
    /** It ends the transaction. {@code COMMIT AND CHAIN} begins another, too. */
    ENDS_TRANSACTION,
    /** It commits the transaction that is open, if one is, without saying so: on some databases each change of the schema does. */
    COMMITS_IMPLICITLY,
    /** It sets, releases or goes back to a savepoint. */
    USES_SAVEPOINT,
    /** It depends on what an earlier statement left in the session, such as {@code SELECT lastval()}. */
    READS_SESSION,
    /** It is there for later statements of the session, such as one that makes a temporary table. */
    PREPARES_SESSION,
    /** Its effect ends with the transaction, so that without one it has none, such as {@code SET LOCAL}. */
    NEEDS_TRANSACTION
}
