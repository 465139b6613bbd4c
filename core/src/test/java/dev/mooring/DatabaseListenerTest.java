package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.LeaseScope;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.OperationalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseListenerTest {

    private final FakeSetup setup = new FakeSetup();
    private final List<String> events = new CopyOnWriteArrayList<>();

    DatabaseListenerTest() {
        setup.builder.listener(new DatabaseListener() {
            @Override
            public void connectionCreated(DatabaseWrapper wrapper) {
                events.add("created " + wrapper.alias());
            }

            @Override
            public void connectionClosed(String alias, String reason) {
                events.add("closed " + alias + " " + reason);
            }

            @Override
            public void connectionFailed(String alias, DatabaseException error) {
                events.add("failed " + alias + " " + error.sqlState().orElse("?"));
            }

            @Override
            public void leaseTimedOut(String alias) {
                events.add("timed out " + alias);
                throw new IllegalStateException("a listener's own failure");
            }

            @Override
            public void leaseReclaimed(String alias, String thread) {
                events.add("reclaimed " + alias + " from " + thread);
            }
        });
    }

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void hearsOfOpeningAndClosingWithTheReason() {
        setup.databases().execute("DO");
        setup.databases().closeAll();

        assertThat(events).containsExactly("created default", "closed default requested");
    }

    @Test
    void hearsFirstOfTheBeginningThenOfEachConnectionsTimeAndLastOfTheEnd() {
        List<String> heard = new ArrayList<>();
        setup.builder.listener(new DatabaseListener() {
            @Override
            public void started(DatabaseStatus database) {
                heard.add("started " + database.alias());
            }

            @Override
            public void connectionOpened(String alias, Duration time) {
                heard.add("opened " + alias + " " + time);
            }

            @Override
            public void connectionCreated(DatabaseWrapper wrapper) {
                heard.add("created");
            }

            @Override
            public void connectionClosed(String alias, String reason) {
                heard.add(reason);
            }

            @Override
            public void stopped(DatabaseStatus database) {
                heard.add(
                        "stopped " + database.alias() + " " + database.counts().open());
                throw new IllegalStateException("a listener's own failure");
            }
        });
        setup.databases();
        setup.time.advanceAtEachReading(Duration.ofMillis(7));

        setup.databases().execute("DO");
        setup.databases().close();
        setup.databases().close();

        assertThat(heard)
                .containsExactly(
                        "started default",
                        "started replica",
                        "opened default PT0.007S",
                        "created",
                        "shut_down",
                        "stopped default 0",
                        "stopped replica 0");
    }

    @Test
    void thatCannotStartClosesTheDatabasesAndTellsTheOthers() {
        List<String> heard = new ArrayList<>();
        setup.builder
                .listener(new DatabaseListener() {
                    @Override
                    public void started(DatabaseStatus database) {
                        heard.add("started " + database.alias());
                    }

                    @Override
                    public void stopped(DatabaseStatus database) {
                        heard.add("stopped " + database.alias());
                    }
                })
                .listener(new DatabaseListener() {
                    @Override
                    public void started(DatabaseStatus database) {
                        throw new IllegalStateException("cannot start");
                    }
                });

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> setup.databases())
                .withMessage("cannot start");

        assertThat(heard).containsExactly("started default", "stopped default", "stopped replica");
    }

    @Test
    void hearsOfFailures() {
        setup.database.fail("connect", FakeDatabase.error("28P01"));

        FakeSetup.swallow(() -> setup.databases().execute("DO"));

        assertThat(events).containsExactly("failed default 28P01");
        assertThat(setup.counts().failures()).isEqualTo(1);
    }

    @Test
    void hearsOfDeadOwners() throws Exception {
        setup.with(settings -> settings.maxConnections(1));
        Threads.on("careless", () -> setup.wrapper().hold());

        setup.databases().execute("DO");

        assertThat(events).contains("reclaimed default from careless");
        assertThat(setup.counts().reclaimed()).isEqualTo(1);
    }

    @Test
    void isKeptFromBreakingAnythingByItsOwnFailure() throws Exception {
        setup.with(settings -> settings.maxConnections(1).traceLeases(true).acquireTimeout(Duration.ofSeconds(1)));
        Lease lease = setup.wrapper().hold();
        setup.time.advanceAtEachReading(Duration.ofMillis(300));

        Threads.on("late", () -> {
            assertThatExceptionOfType(LeaseTimeoutException.class)
                    .isThrownBy(() -> setup.databases().execute("DO"))
                    .withMessageContaining("taken\n    at ")
                    .withMessageContaining("DatabaseListenerTest.isKeptFromBreakingAnythingByItsOwnFailure");
            return true;
        });

        lease.close();
        assertThat(events).contains("timed out default");
        assertThat(setup.counts().timeouts()).isEqualTo(1);
        assertThat(setup.counts().leased()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"closes it", "closes it in a hold", "loses it"})
    void sendsNothingToANewConnectionThatAListenerUsedUp(String how) {
        try (FakeSetup used = new FakeSetup()) {
            used.builder.listener(new DatabaseListener() {
                @Override
                public void connectionCreated(DatabaseWrapper wrapper) {
                    useUp(used, wrapper, how);
                }
            });

            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> used.databases().execute("DO"))
                    .withMessage(
                            "The new connection to database 'default' was closed or lost while a listener used it; have"
                                    + " listeners let errors out and close nothing");
            assertThat(used.counts().open()).isZero();
            assertThat(used.database.calls).doesNotContain("DO");
        }
    }

    private static void useUp(FakeSetup setup, DatabaseWrapper wrapper, String how) {
        switch (how) {
            case "closes it" -> wrapper.close();
            case "closes it in a hold" -> {
                try (Lease held = wrapper.hold()) {
                    assertThat(held).isNotNull();
                    wrapper.close();
                }
            }
            default -> {
                setup.database.fail("LOST", FakeDatabase.error("08006"));
                FakeSetup.swallow(() -> wrapper.execute("LOST"));
            }
        }
    }

    /** What the listener takes is this thread's, whatever was being given up when it was told. */
    @ParameterizedTest
    @EnumSource(
            value = LeaseScope.class,
            names = {"OPERATION", "THREAD"})
    void mayHoldAnotherConnectionWhenOneIsClosed(LeaseScope scope) {
        List<Lease> held = new ArrayList<>();
        setup.builder.listener(new DatabaseListener() {
            @Override
            public void connectionClosed(String alias, String reason) {
                if (held.isEmpty()) {
                    held.add(setup.wrapper().hold());
                }
            }
        });
        DatabaseWrapper wrapper = setup.with(s -> s.leaseScope(scope)).wrapper();

        wrapper.atomic(() -> setup.advance(Duration.ofMinutes(10)));
        wrapper.closeIfUnusableOrObsolete();

        assertThat(wrapper.connection()).isNotNull();
        assertThat(setup.counts().leased()).isEqualTo(1);
        held.get(0).close();
        wrapper.close();
        assertThat(setup.counts().leased()).isZero();
    }
}
