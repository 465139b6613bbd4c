package dev.mooring.spi;

import static java.util.Objects.requireNonNull;

import dev.mooring.error.ErrorKind;
import java.util.Objects;

/**
 * What a driver's exception means, and whether the connection that saw it can still be used. Immutable.
 *
 * <p>A connection stays valid only if the error is known to be benign: one that is out of step with its server could return one
 * user's rows to another.
 */
public final class ErrorVerdict {

    private enum Consequence {
        NONE,
        CONNECTION_INVALID,
        REFUSED,
        LOCKED,
        STALE
    }

    private final ErrorKind kind;
    private final Consequence consequence;
    private final boolean refusesWrite;
    private final boolean rolledBack;

    private ErrorVerdict(ErrorKind kind, Consequence consequence) {
        this(kind, consequence, false, false);
    }

    private ErrorVerdict(ErrorKind kind, Consequence consequence, boolean refusesWrite, boolean rolledBack) {
        this.kind = requireNonNull(kind, "kind");
        this.consequence = consequence;
        this.refusesWrite = refusesWrite;
        this.rolledBack = rolledBack;
    }

    /** {@return the verdict that the statement was at fault and the connection is valid} */
    public static ErrorVerdict benign(ErrorKind kind) {
        return new ErrorVerdict(kind, Consequence.NONE);
    }

    /** {@return the verdict that the connection is invalid and must be closed} */
    public static ErrorVerdict connectionInvalid(ErrorKind kind) {
        return new ErrorVerdict(kind, Consequence.CONNECTION_INVALID);
    }

    /** {@return the verdict that the server accepts no new connection at the moment: full, starting, not reachable} */
    public static ErrorVerdict refused() {
        return new ErrorVerdict(ErrorKind.OPERATIONAL, Consequence.REFUSED);
    }

    /** {@return the verdict that another process has a lock, that nothing was done, and that it can be tried again} */
    public static ErrorVerdict locked() {
        return new ErrorVerdict(ErrorKind.OPERATIONAL, Consequence.LOCKED);
    }

    /**
     * {@return the verdict that the statement was prepared before the schema changed, or is not there any more; that the driver
     * prepares it anew the next time; and that it can be repeated in a new transaction}
     */
    public static ErrorVerdict stale() {
        return new ErrorVerdict(ErrorKind.TRANSACTION_CONFLICT, Consequence.STALE);
    }

    /**
     * {@return the verdict that a write was refused} In a transaction that the layer began read-only, the statement was at fault and
     * the connection stays valid; anywhere else it is this verdict.
     */
    public ErrorVerdict refusingWrite() {
        return new ErrorVerdict(kind, consequence, true, rolledBack);
    }

    /**
     * {@return the same verdict, which also says that the database has rolled the whole transaction back} A COMMIT that fails so
     * has not been done. A benign one leaves the connection valid, as after a deadlock: nothing more runs in the transaction, and
     * the next one may begin on the same connection.
     */
    public ErrorVerdict rolledBack() {
        return new ErrorVerdict(kind, consequence, refusesWrite, true);
    }

    /** {@return the exception to raise} */
    public ErrorKind kind() {
        return kind;
    }

    /** {@return whether the connection is known to be valid} */
    public boolean isBenign() {
        return consequence == Consequence.NONE || consequence == Consequence.LOCKED || consequence == Consequence.STALE;
    }

    /** {@return whether, in a read-only transaction, a statement was refused because it writes} */
    public boolean refusesWrite() {
        return refusesWrite;
    }

    /** {@return whether the database has rolled the whole transaction back} */
    public boolean isRolledBack() {
        return rolledBack;
    }

    /** {@return whether the server turned a new connection away for now} */
    public boolean isRefusal() {
        return consequence == Consequence.REFUSED;
    }

    /** {@return whether the same statement may succeed once another process lets go} */
    public boolean isLocked() {
        return consequence == Consequence.LOCKED;
    }

    /** {@return whether the same statement will succeed in a new transaction, since it is prepared anew} */
    public boolean isStale() {
        return consequence == Consequence.STALE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ErrorVerdict that
                && kind == that.kind
                && consequence == that.consequence
                && refusesWrite == that.refusesWrite
                && rolledBack == that.rolledBack;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, consequence, refusesWrite, rolledBack);
    }

    /** {@return kind and consequence, for debugging} */
    @Override
    public String toString() {
        return kind + " " + consequence + (refusesWrite ? " REFUSES_WRITE" : "") + (rolledBack ? " ROLLED_BACK" : "");
    }
}
