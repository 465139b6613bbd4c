package dev.mooring.kit.contracts;

/** What an error of the driver says that the rules about faults have it throw. */
public enum SampleError {
    /** There is such a key already; the connection is none the worse for it. */
    DUPLICATE,
    /** Another transaction is in the way; the connection is none the worse for it. */
    CONFLICT,
    /** The server has ended the session. */
    SESSION_ENDED
}
