package dev.mooring.error;

/** What became of a transaction whose commit got no answer. */
public enum CommitOutcome {
    /** It was committed. */
    COMMITTED,
    /** It was rolled back, and will not come back. */
    ROLLED_BACK,
    /** The server has not ended it yet: ask again. */
    IN_PROGRESS,
    /** The database does not say. */
    UNKNOWN
}
