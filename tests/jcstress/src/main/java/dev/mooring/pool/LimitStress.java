package dev.mooring.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What there is once only: the last place in a pool, and the write lock. */
public class LimitStress {

    private static final Duration LONG = Duration.ofMinutes(1);

    private LimitStress() {}

    /** Two want the last place. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One may open.")
    @State
    public static class LastPlace {
        private final OpenConnections connections = new OpenConnections(1);

        @Actor
        public void one(ZZ_Result r) {
            r.r1 = connections.reserve();
        }

        @Actor
        public void other(ZZ_Result r) {
            r.r2 = connections.reserve();
        }
    }

    /** What one writer writes is there for the next, and neither writes at the same time. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "One after the other.")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "Two at once, or one did not see the other's.")
    @State
    public static class OneWriter {
        private final WaitGraph waits = new WaitGraph();
        private final WriteLock lock = new WriteLock();
        private int written;

        private void write() {
            lock.acquire(false, LONG, "write", waits, () -> {});
            written++;
            lock.release(Thread.currentThread());
        }

        @Actor
        public void one() {
            write();
        }

        @Actor
        public void other() {
            write();
        }

        @Arbiter
        public void both(I_Result r) {
            r.r1 = written;
        }
    }
}
