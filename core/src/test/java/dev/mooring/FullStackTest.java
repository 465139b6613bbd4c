package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.LeaseScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is left of a lease where the stack is full, for real. All is done once before: a class that could not be initialised
 * would be of no more use to any test.
 */
@Tag("threads")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullStackTest {

    private static final int DIVES = 20;

    /** Of places, so that nobody waits for one that a full stack cost. */
    private static final int ENOUGH = 1_000;

    private final FakeSetup setup = new FakeSetup().with(s -> s.maxConnections(ENOUGH));

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void losesNoLeaseThatIsTakenAndGivenBack() throws InterruptedException { // invariant 2
        StackOverflowProbe.onShortStack(() -> {
            DatabaseWrapper wrapper = wrapper();
            wrapper.ensureConnection();
            for (int i = 0; i < DIVES; i++) {
                StackOverflowProbe.run(wrapper::ensureConnection);
            }
        });

        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void losesNoLeaseThatIsClosed() throws InterruptedException { // invariant 2
        setup.with(s -> s.leaseScope(LeaseScope.THREAD).maxConnections(ENOUGH));
        StackOverflowProbe.onShortStack(() -> {
            DatabaseWrapper wrapper = wrapper();
            for (int i = 0; i < DIVES; i++) {
                wrapper.ensureConnection();
                StackOverflowProbe.run(wrapper::close);
            }
        });

        assertThat(setup.counts().leased()).isZero();
    }

    /** {@return a wrapper that has done all there is to do where there was room for it} */
    private DatabaseWrapper wrapper() {
        DatabaseWrapper wrapper = setup.wrapper();
        wrapper.ensureConnection();
        wrapper.close();
        return wrapper;
    }
}
