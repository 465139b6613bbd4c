package dev.mooring;

/** How tables are flushed, besides that all their rows go. */
public enum FlushOption {
    /** The next row is the first again: Django's {@code reset_sequences}. */
    RESET_SEQUENCES,
    /** Tables with a foreign key to one that is flushed are flushed too: Django's {@code allow_cascade}. */
    ALLOW_CASCADE
}
