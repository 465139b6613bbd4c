package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mooring.ConnectionInfo.State;
import dev.mooring.config.LeaseScope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("The list of open connections")
class ConnectionInfoTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeSetup setup = new FakeSetup();

    @AfterEach
    void close() {
        setup.close();
    }

    private List<ConnectionInfo> connections() {
        return setup.databases().using("default").connections();
    }

    @Test
    @DisplayName("is empty before the first use and after all are closed")
    void isEmptyWithoutConnections() {
        assertThat(connections()).isEmpty();

        setup.databases().execute("DO");
        setup.databases().closeAll();

        assertThat(connections()).isEmpty();
    }

    @Test
    @DisplayName("has the age, the number of uses and the last statement of a parked connection")
    void listsParkedOnes() {
        setup.databases().execute("DO");
        setup.databases().query("SELECT 2");
        setup.advance(MINUTE);

        assertThat(connections())
                .containsExactly(new ConnectionInfo(1, State.PARKED, null, MINUTE, Duration.ZERO, 2, "SELECT 2"));
    }

    @Test
    @DisplayName("says which thread has leased a connection, and for how long")
    void listsLeasedOnes() throws Exception {
        try (Lease held = setup.wrapper().hold()) {
            setup.advance(MINUTE);
            FakeSetup.onAnotherThread(() -> setup.databases().query("SELECT 2"));
            setup.advance(MINUTE);

            String self = Thread.currentThread().getName();
            assertThat(connections())
                    .containsExactly(
                            new ConnectionInfo(
                                    1, State.LEASED, self, MINUTE.multipliedBy(2), MINUTE.multipliedBy(2), 1, null),
                            new ConnectionInfo(2, State.PARKED, null, MINUTE, Duration.ZERO, 1, "SELECT 2"));
        }
    }

    @Test
    @DisplayName("keeps the numbers of connections that were closed, and gives them to no other")
    void givesNoNumberTwice() throws Exception {
        try (Lease held = setup.wrapper().hold()) {
            FakeSetup.onAnotherThread(() -> setup.databases().query("SELECT 2"));
        }
        setup.wrapper().close();
        try (Lease held = setup.wrapper().hold();
                Lease other = setup.databases().get("replica").hold()) {
            FakeSetup.onAnotherThread(() -> setup.wrapper().hold());

            assertThat(connections()).extracting(ConnectionInfo::number).containsExactly(2L, 3L);
        }
    }

    @Test
    @DisplayName("says that a connection is leaked whose thread has ended, until it is taken back")
    void listsLeakedOnes() throws Exception {
        setup.with(settings -> settings.leaseScope(LeaseScope.THREAD).maxConnections(1));
        FakeSetup.onAnotherThread(() -> setup.databases().query("SELECT 2"));

        assertThat(connections())
                .extracting(ConnectionInfo::state, ConnectionInfo::holder, ConnectionInfo::lastStatement)
                .containsExactly(tuple(State.LEAKED, "other", "SELECT 2"));

        setup.sweep();

        assertThat(connections()).isEmpty();
        assertThat(setup.counts().reclaimed()).isEqualTo(1);
    }

    @Test
    @Tag("threads")
    @DisplayName("names a virtual thread that has no name of its own")
    void namesVirtualThreads() throws Exception {
        setup.with(settings -> settings.leaseScope(LeaseScope.THREAD));
        Thread thread =
                Threads.factory("virtual").newThread(() -> setup.databases().query("SELECT 2"));
        thread.start();
        thread.join();

        assertThat(connections())
                .extracting(ConnectionInfo::holder)
                .singleElement()
                .asString()
                .isNotEmpty();
    }
}
