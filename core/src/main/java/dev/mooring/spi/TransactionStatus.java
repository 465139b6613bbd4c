package dev.mooring.spi;

/** What a driver knows of its connection's transaction. */
public enum TransactionStatus {
    /** None is open: in autocommit, or ended by the database itself. */
    NONE,
    /** One is open and can be committed. */
    OPEN,
    /** One is open and can only be rolled back. */
    FAILED,
    /** The driver cannot tell. */
    UNKNOWN;

    /** {@return whether one is known to be open, to be committed or only to be rolled back} */
    public boolean isOpen() {
        return this == OPEN || this == FAILED;
    }
}
