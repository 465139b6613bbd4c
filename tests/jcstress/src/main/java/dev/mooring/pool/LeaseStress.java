package dev.mooring.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.locks.LockSupport;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** One connection and those who want it, on real processors. What is not listed as an outcome is forbidden. */
public class LeaseStress {

    /** Never started, and so not alive. */
    private static final Thread DEAD = new Thread("dead");

    /** Outlives every run; jcstress's own threads end with each iteration. */
    private static final Thread LIVING = new Thread(
            () -> {
                while (true) {
                    LockSupport.park();
                }
            },
            "living");

    static {
        LIVING.setDaemon(true);
        LIVING.start();
    }

    private LeaseStress() {}

    /** A connection leased to a thread that is dead. */
    static class Left {
        final PooledConnection connection = new PooledConnection(null, null, 0, Long.MAX_VALUE);
        final long ticket = connection.ticket();

        Left() {
            connection.begin(DEAD, 0);
        }

        /** What a pool does with those of the dead. */
        boolean takeBack() {
            long seen = connection.state();
            Thread owner = Leasable.isLeased(seen) ? connection.owner() : null;
            return owner != null && !owner.isAlive() && connection.transfer(seen, LIVING, 0, 0);
        }

        boolean pass() {
            return connection.transfer(ticket, LIVING, 0, 0);
        }

        boolean park() {
            return connection.park(ticket, 0);
        }

        boolean take() {
            return connection.tryLease(LIVING, 0);
        }

        boolean retire() {
            return connection.retire(ticket);
        }
    }

    /** A connection parked by a thread that is dead. */
    static class Parked extends Left {
        Parked() {
            park();
        }
    }

    /** Two take what is parked. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One has it.")
    @State
    public static class TakenByOne extends Parked {
        @Actor
        public void one(ZZ_Result r) {
            r.r1 = take();
        }

        @Actor
        public void other(ZZ_Result r) {
            r.r2 = take();
        }
    }

    /** What a holder wrote is there for the next one. */
    @JCStressTest
    @Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "Taken after it was parked, with what was written.")
    @Outcome(id = "true, false, false", expect = ACCEPTABLE, desc = "Not parked yet.")
    @Outcome(id = "true, true, false", expect = FORBIDDEN, desc = "Taken without what was written.")
    @State
    public static class WithWhatWasWritten extends Left {
        @Actor
        public void holder(ZZZ_Result r) {
            connection.dirty(true);
            r.r1 = park();
        }

        @Actor
        public void next(ZZZ_Result r) {
            r.r2 = take();
            r.r3 = r.r2 && connection.isDirty();
        }
    }

    /** Who looks for the dead must see the newOwner as soon as it sees the newOwner's lease. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One has it.")
    @Outcome(id = "true, true", expect = FORBIDDEN, desc = "Taken from the living.")
    @State
    public static class PassedOnOrTakenBack extends Left {
        @Actor
        public void newOwner(ZZ_Result r) {
            r.r1 = pass();
        }

        @Actor
        public void reclaimer(ZZ_Result r) {
            r.r2 = takeBack();
        }
    }

    /** The same where the connection is parked in between. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One has it.")
    @Outcome(id = "true, true", expect = FORBIDDEN, desc = "Taken from the living.")
    @State
    public static class ParkedAndTakenOrTakenBack extends Left {
        @Actor
        public void newOwner(ZZ_Result r) {
            r.r1 = park() && take();
        }

        @Actor
        public void reclaimer(ZZ_Result r) {
            r.r2 = takeBack();
        }
    }

    /** Parked or closed. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One of both.")
    @State
    public static class ParkedOrClosed extends Left {
        @Actor
        public void holder(ZZ_Result r) {
            r.r1 = park();
        }

        @Actor
        public void closer(ZZ_Result r) {
            r.r2 = retire();
        }
    }

    /** Passed on or closed. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One of both.")
    @State
    public static class PassedOnOrClosed extends Left {
        @Actor
        public void holder(ZZ_Result r) {
            r.r1 = pass();
        }

        @Actor
        public void closer(ZZ_Result r) {
            r.r2 = retire();
        }
    }
}
