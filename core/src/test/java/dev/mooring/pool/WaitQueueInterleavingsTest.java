package dev.mooring.pool;

import static dev.mooring.pool.Interleavings.require;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The queue under every interleaving of those who join, give up and let go: invariant 5. */
@Tag("full")
@Tag("interleavings")
class WaitQueueInterleavingsTest {

    private static final String GIFT = "item";

    /** A queue for one thing, which lies there or is somebody's. */
    private static final class Counter {
        final WaitQueue<String> queue = new WaitQueue<>();
        final AtomicReference<@Nullable Object> holder = new AtomicReference<>();
        final AtomicInteger served = new AtomicInteger();

        boolean tryTake() {
            return holder.compareAndSet(null, Thread.currentThread());
        }

        /** Waits without a limit, so that a call which is lost is a wait that Lincheck sees to have no end. */
        void take() {
            Waiter<String> waiter = new Waiter<>(Thread.currentThread(), 0);
            queue.join(waiter);
            boolean taken = false;
            while (!taken) {
                waiter.listen();
                taken = waiter.given() != null || (queue.head() == waiter && tryTake());
                // A look at the queue may use up the wake-up call, as the search for a circle of waiters does.
                if (!taken && queue.size() > 0 && !waiter.isCalled()) {
                    LockSupport.park(this);
                }
            }
            queue.leave(waiter);
            if (holder.get() == null) {
                queue.signalHead();
            }
            require(holder.get() == Thread.currentThread(), "another has it");
            served.incrementAndGet();
        }

        void takeAndLetLie() {
            take();
            letLie();
        }

        void takeAndHandOver() {
            take();
            handOff();
        }

        void letLie() {
            holder.set(null);
            queue.signalHead();
        }

        void handOff() {
            Thread me = Thread.currentThread();
            if (!queue.handOff(GIFT, newOwner -> holder.compareAndSet(me, newOwner))) {
                letLie();
            }
        }
    }

    @Test
    void losesNoCallWhereThingsAreLeftToWhoeverIsQuickest() {
        Interleavings.check(() -> {
            Counter counter = new Counter();
            Interleavings.together(counter::takeAndLetLie, counter::takeAndLetLie, counter::takeAndLetLie);
            require(counter.served.get() == 3, "not all were served");
            require(counter.queue.size() == 0 && counter.queue.head() == null, "somebody still stands there");
        });
    }

    @Test
    void losesNothingWhereThingsAreHandedOver() {
        Interleavings.check(() -> {
            Counter counter = new Counter();
            Interleavings.together(counter::takeAndHandOver, counter::takeAndHandOver, counter::takeAndLetLie);
            require(counter.served.get() == 3, "not all were served");
            require(counter.queue.size() == 0 && counter.queue.head() == null, "somebody still stands there");
        });
    }

    /** A item comes to one who stays or to one who leaves and can then see it; never to nobody. */
    @Test
    void tellsOneWhoGivesUpWhetherItWasServed() {
        Interleavings.check(() -> {
            WaitQueue<String> queue = new WaitQueue<>();
            Waiter<String> leaves = new Waiter<>(Thread.currentThread(), 0);
            Waiter<String> stays = new Waiter<>(Thread.currentThread(), 0);
            queue.join(leaves);
            queue.join(stays);
            @Nullable String[] seen = new String[1];
            boolean[] given = new boolean[1];
            Interleavings.together(
                    () -> {
                        queue.leave(leaves);
                        seen[0] = leaves.given();
                    },
                    () -> given[0] = queue.handOff(GIFT, newOwner -> true));
            require(given[0], "refused, with two there");
            require((seen[0] == null) == (stays.given() != null), "given to both or to none");
            require(Objects.equals(leaves.given(), seen[0]), "served after it had left");
            require(queue.head() == (seen[0] == null ? null : stays), "the wrong one is first");
        });
    }

    @Test
    void keepsTheOrderOfArrivalWhoeverGivesUp() {
        Interleavings.check(() -> {
            WaitQueue<String> queue = new WaitQueue<>();
            Waiter<String> first = new Waiter<>(Thread.currentThread(), 0);
            Waiter<String> second = new Waiter<>(Thread.currentThread(), 0);
            Waiter<String> third = new Waiter<>(Thread.currentThread(), 0);
            queue.join(first);
            queue.join(second);
            Interleavings.together(
                    () -> queue.join(third), () -> queue.leave(second), () -> queue.handOff(GIFT, newOwner -> true));
            require(first.given() != null && second.given() == null && third.given() == null, "out of order");
            require(queue.head() == third && queue.size() == 1, "the wrong one is first");
        });
    }

    @Test
    void callsWhoeverIsFirst() {
        Interleavings.check(() -> {
            WaitQueue<String> queue = new WaitQueue<>();
            Waiter<String> first = new Waiter<>(Thread.currentThread(), 0);
            Waiter<String> second = new Waiter<>(Thread.currentThread(), 0);
            queue.join(first);
            queue.join(second);
            Interleavings.together(queue::signalHead, () -> {
                queue.leave(first);
                queue.signalHead();
            });
            require(second.isCalled(), "nobody is called");
        });
    }
}
