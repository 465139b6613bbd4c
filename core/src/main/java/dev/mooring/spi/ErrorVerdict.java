package dev.mooring.spi;

import dev.mooring.error.ErrorKind;

/**
 * What a driver's exception means, and what becomes of the connection that saw it.
 *
 * @param kind the exception to raise
 * @param benign whether the connection is known to be sound; anything else condemns it, for a connection that lost step
 *     with its server can hand one user's rows to the next
 * @param refusal whether the server turned a new connection away for now: full, starting, not reachable
 */
public record ErrorVerdict(ErrorKind kind, boolean benign, boolean refusal) {

    /** {@return the verdict that the statement was at fault and the connection is sound} */
    public static ErrorVerdict benign(ErrorKind kind) {
        return new ErrorVerdict(kind, true, false);
    }

    /** {@return the verdict that the connection cannot be trusted any more} */
    public static ErrorVerdict condemned(ErrorKind kind) {
        return new ErrorVerdict(kind, false, false);
    }

    /** {@return the verdict that the server accepts no new connection at the moment} */
    public static ErrorVerdict refused() {
        return new ErrorVerdict(ErrorKind.OPERATIONAL, false, true);
    }
}
