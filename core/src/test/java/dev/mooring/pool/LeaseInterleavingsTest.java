package dev.mooring.pool;

import static dev.mooring.pool.Interleavings.require;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A connection under every interleaving of those who want it: invariant 3, and 2 as far as tickets go. */
@Tag("full")
@Tag("interleavings")
class LeaseInterleavingsTest {

    /** One connection, and what its present holder has a right to. */
    private static final class Berth {
        final PooledConnection connection = new PooledConnection(null, null, 0, Opener.FOR_EVER);
        final AtomicReference<@Nullable Thread> user = new AtomicReference<>();
        final long first = connection.ticket();

        /** Leaves it leased to a thread that is dead. */
        static Berth leftByTheDead() {
            Berth berth = new Berth();
            Interleavings.died(() -> berth.connection.begin(Thread.currentThread(), 0));
            return berth;
        }

        /** Leaves it parked by a thread that is dead. */
        static Berth parkedByTheDead() {
            Berth berth = new Berth();
            Interleavings.died(() -> {
                berth.connection.begin(Thread.currentThread(), 0);
                require(berth.connection.park(berth.first, 0), "not parked");
            });
            return berth;
        }

        void takeParked() {
            if (connection.tryLease(Thread.currentThread(), 0)) {
                use();
            }
        }

        /** What a pool does with those of the dead. */
        void takeBack() {
            long seen = connection.state();
            if (isAbandoned(seen) && connection.transfer(seen, Thread.currentThread(), 0, 0)) {
                use();
            }
        }

        /** As a housekeeper does. */
        boolean sweep() {
            long seen = connection.state();
            return (isAbandoned(seen) || Leasable.isParked(seen)) && connection.retire(seen);
        }

        void takeAsASharedWrapperDoes() {
            if (connection.takeOver(first)) {
                use();
            } else {
                require(!connection.park(first, 0), "parked with the ticket of a lease that was taken back");
                require(!connection.retire(first), "closed with the ticket of a lease that was taken back");
            }
        }

        void use() {
            long ticket = connection.ticket();
            Thread me = Thread.currentThread();
            require(ticket != first, "a new lease with the ticket of the old one");
            require(user.compareAndSet(null, me), "used by two");
            require(connection.isLeasedWith(ticket), "the lease was lost");
            require(connection.owner() == me, "the owner is another");
            require(user.compareAndSet(me, null), "used by two");
            require(connection.park(ticket, 0), "could not be parked by its holder");
            require(!connection.park(ticket, 0), "parked twice with one ticket");
        }

        private boolean isAbandoned(long seen) {
            Thread owner = Leasable.isLeased(seen) ? connection.owner() : null;
            return owner != null && !owner.isAlive();
        }

        void requireParked(long leases) {
            require(Leasable.isParked(connection.state()), "not parked in the end");
            require(connection.owner() == null, "parked, and yet owned");
            require(connection.leases() == leases, "leases counted: " + connection.leases());
        }
    }

    @Test
    void isHadByOneOfThoseWhoTakeItParked() {
        Interleavings.check(() -> {
            Berth berth = Berth.parkedByTheDead();
            Interleavings.together(berth::takeParked, berth::takeParked);
            require(Leasable.isParked(berth.connection.state()), "not parked in the end");
        });
    }

    @Test
    void isTakenBackFromTheDeadByOne() {
        Interleavings.check(() -> {
            Berth berth = Berth.leftByTheDead();
            Interleavings.together(berth::takeBack, berth::takeBack);
            berth.requireParked(2);
        });
    }

    /** Who looks for the dead must not take a holder that has only just begun for the one before it. */
    @Test
    void isNotTakenFromTheLivingThatTookItAfterTheDead() {
        Interleavings.check(() -> {
            Berth berth = Berth.parkedByTheDead();
            Interleavings.together(berth::takeParked, berth::takeBack);
            berth.requireParked(2);
        });
    }

    @Test
    void isNotTakenFromAnHeirThatGotItFromTheDead() {
        Interleavings.check(() -> {
            Berth berth = Berth.leftByTheDead();
            Interleavings.together(berth::takeBack, berth::takeBack, berth::takeParked);
            require(Leasable.isParked(berth.connection.state()), "not parked in the end");
        });
    }

    @Test
    void isEitherTakenBackOrGoesOnInASharedWrapper() {
        Interleavings.check(() -> {
            Berth berth = Berth.leftByTheDead();
            Interleavings.together(berth::takeBack, berth::takeAsASharedWrapperDoes);
            require(Leasable.isParked(berth.connection.state()), "not parked in the end");
        });
    }

    @Test
    void isEitherSweptAwayOrUsedToTheEnd() {
        Interleavings.check(() -> {
            Berth berth = Berth.leftByTheDead();
            boolean[] swept = new boolean[1];
            Interleavings.together(berth::takeBack, () -> swept[0] = berth.sweep());
            require(
                    swept[0] == Leasable.isClosed(berth.connection.state()),
                    "swept, and yet open: " + berth.connection.state());
        });
    }

    /** A shut-down that looks just as it changes hands would close it. */
    @Test
    void isBusyWhileItChangesHands() {
        Interleavings.check(() -> {
            Berth berth = new Berth();
            Thread main = Thread.currentThread();
            berth.connection.begin(main, 0);
            Interleavings.together(
                    () -> require(berth.connection.transfer(berth.first, main, 0, 0), "could not be handed on"),
                    () -> require(berth.connection.isBusy(), "looks idle"));
        });
    }

    /** The holder of a lease that hands it to a waiter, while others look for something to take. */
    @Test
    void isHandedOnWithoutAGap() {
        Interleavings.check(() -> {
            Berth berth = new Berth();
            AtomicReference<@Nullable Thread> newOwner = new AtomicReference<>();
            Interleavings.together(
                    () -> {
                        newOwner.set(Thread.currentThread());
                        while (newOwner.get() != null) {
                            Thread.onSpinWait();
                        }
                        berth.use();
                    },
                    () -> {
                        berth.connection.begin(Thread.currentThread(), 0);
                        Thread to = newOwner.get();
                        while (to == null) {
                            Thread.onSpinWait();
                            to = newOwner.get();
                        }
                        require(berth.connection.transfer(berth.first, to, 0, 0), "could not be handed on");
                        newOwner.set(null);
                    },
                    berth::takeBack);
            berth.requireParked(2);
        });
    }
}
