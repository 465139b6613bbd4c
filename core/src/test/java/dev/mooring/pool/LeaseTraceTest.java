package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.ManualTime;
import dev.mooring.config.DatabaseSettings;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTraceTest {

    private final FakeSource source = new FakeSource();
    private final AtomicInteger failures = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void costsNoLeaseIfItCannotBeMade(boolean parked) { // invariant 2
        Pool pool = pool(true);
        PooledConnection last = parked ? parkedIn(pool) : null;
        failures.set(1);

        assertThatThrownBy(() -> pool.acquire(last)).isInstanceOf(StackOverflowError.class);

        assertThat(pool.counts().leased()).isZero();
        assertThat(pool.permits()).isEqualTo(source.nowOpen()).isEqualTo(parked ? 1 : 0);
    }

    @Test
    void isNotMadeUnlessItIsWanted() {
        failures.set(1);

        assertThat(pool(false).acquire(null).trace()).isNull();

        assertThat(failures).hasValue(1);
    }

    private static PooledConnection parkedIn(Pool pool) {
        PooledConnection connection = pool.acquire(null);
        pool.release(connection, connection.ticket());
        return connection;
    }

    private Pool pool(boolean traces) {
        DatabaseSettings settings = DatabaseSettings.builder("main")
                .engine("fake")
                .maxConnections(1)
                .traceLeases(traces)
                .build();
        return new Pool(
                settings, source, new Clock(new ManualTime()), source.waits, new PoolListener() {}, this::trace);
    }

    private LeaseTrace trace() {
        if (failures.getAndDecrement() > 0) {
            throw new StackOverflowError("to be expected: a trace takes room");
        }
        return new LeaseTrace();
    }
}
