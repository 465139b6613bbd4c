package dev.mooring.pool;

/** The place where a lease was taken: a stack without an error. */
final class LeaseTrace extends Throwable {

    private static final long serialVersionUID = 1L;

    LeaseTrace() {
        super("taken", null, false, true);
    }
}
