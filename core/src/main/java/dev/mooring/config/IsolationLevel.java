package dev.mooring.config;

/**
 * How far a transaction is kept from what others do at the same time: the levels of the SQL standard, from the weakest. A
 * database may give a stricter one than was asked for.
 */
public enum IsolationLevel {
    /** May see what others have not committed. PostgreSQL gives {@link #READ_COMMITTED}. */
    READ_UNCOMMITTED,
    /** Each statement sees what was committed before it began: PostgreSQL's default. */
    READ_COMMITTED,
    /** All statements see what was committed before the first of them. */
    REPEATABLE_READ,
    /** As if transactions ran one after the other. SQLite's only level. */
    SERIALIZABLE
}
