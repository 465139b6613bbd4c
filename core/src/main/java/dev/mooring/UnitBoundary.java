package dev.mooring;

/**
 * What the begin and the end of a unit of work do to one wrapper, in this order. The steps are made with the wrapper,
 * since ending must take no memory. Confined to the wrapper's thread.
 */
final class UnitBoundary {

    private final TransactionState transaction;
    private final ConnectionHolder held;
    private final OpenWork open;
    private final Transaction byHand;
    private final QueryLog queries;

    private final Runnable[] end;
    private final Runnable[] release;
    private final Runnable[] endAbandoned;

    UnitBoundary(
            TransactionState transaction,
            ConnectionHolder held,
            OpenWork open,
            AtomicRunner blocks,
            Transaction byHand,
            ExecuteWrappers wrappers,
            QueryLog queries) {
        this.transaction = transaction;
        this.held = held;
        this.open = open;
        this.byHand = byHand;
        this.queries = queries;
        this.end =
                new Runnable[] {open::endBlocks, byHand::endUnit, this::release, wrappers::endUnit, queries::endUnit};
        this.release = new Runnable[] {open::endUnit, held::endUnit};
        this.endAbandoned = new Runnable[] {blocks::endAbandoned, byHand::endAbandoned, open::endAbandoned};
    }

    /** Ends what was forgotten before the unit, and closes a connection that is too old. */
    void begin() {
        queries.reset();
        open.beginUnit(byHand);
        held.closeIfUnusableOrObsolete();
    }

    /** Ends what was left open in the unit and releases what was leased for it; each step whatever happens to the others. */
    void end() {
        Failures.runAll(end);
    }

    /** Ends what a thread began with the shared wrapper, and died without ending. */
    void endAbandoned() {
        held.inherit();
        Failures.runAll(endAbandoned);
    }

    private void release() {
        if (transaction.inAtomic()) {
            held.deferBoundary();
        } else {
            Failures.runAll(release);
        }
    }
}
