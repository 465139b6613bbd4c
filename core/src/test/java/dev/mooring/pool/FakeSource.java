package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that can do nothing, counted. Thread-safe. */
final class FakeSource implements ConnectionSource {

    static final Duration CALL_TIMEOUT = Duration.ofMinutes(1);

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger aborted = new AtomicInteger();
    final AtomicInteger probes = new AtomicInteger();
    final AtomicInteger interrupts = new AtomicInteger();
    final AtomicInteger peak = new AtomicInteger();
    final AtomicInteger failures = new AtomicInteger();
    final WaitGraph waits = new WaitGraph();
    /** How many attempts to open are turned away as a server does that is full. */
    final AtomicInteger refusals = new AtomicInteger();
    /** How many probes fail. */
    final AtomicInteger unusable = new AtomicInteger();

    /** How many connections were set right after the death of their thread. */
    final AtomicInteger rolledBack = new AtomicInteger();

    volatile boolean inMemory;
    volatile Runnable whileOpening = () -> {};
    volatile Runnable whileProbing = () -> {};
    volatile Runnable whileClosing = () -> {};
    volatile Runnable whileInterrupting = () -> {};

    /** How long each attempt to open was given. */
    final List<Duration> timeouts = new CopyOnWriteArrayList<>();

    /** How long each probe was given. */
    final List<Duration> probeTimeouts = new CopyOnWriteArrayList<>();

    @Override
    public boolean isUsable(PooledConnection connection, Duration timeout) {
        probeTimeouts.add(timeout);
        return isUsable(connection.connection());
    }

    @Override
    public Connection open(Duration timeout) {
        timeouts.add(timeout);
        return open();
    }

    @Override
    public Connection open() {
        whileOpening.run();
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("refused");
        }
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw ErrorKind.OPERATIONAL.exception("too many clients");
        }
        opened.incrementAndGet();
        peak.accumulateAndGet(nowOpen(), Math::max);
        return (Connection) Proxy.newProxyInstance(
                FakeSource.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** {@return a pool of such connections} */
    Pool pool(DatabaseSettings settings, Clock clock) {
        return new Pool(settings, this, clock, waits, new PoolListener() {});
    }

    static void close(Pool pool, PooledConnection connection, long ticket, boolean broken) {
        pool.close(connection, ticket, broken ? CloseReason.BROKEN : CloseReason.REQUESTED);
    }

    int nowOpen() {
        return opened.get() - closed.get() - aborted.get();
    }

    @Override
    public boolean isRefusal(DatabaseException error) {
        return true;
    }

    @Override
    public boolean isUsable(Connection connection) {
        probes.incrementAndGet();
        whileProbing.run();
        return unusable.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
    }

    @Override
    public Duration callTimeout() {
        return CALL_TIMEOUT;
    }

    @Override
    public void interrupt(Connection connection) {
        interrupts.incrementAndGet();
        whileInterrupting.run();
    }

    @Override
    public boolean isInMemory() {
        return inMemory;
    }

    @Override
    public boolean rollbackAndReset(Connection connection, boolean notResettable) {
        return inMemory && rolledBack.incrementAndGet() > 0;
    }

    @Override
    public void close(Connection connection) {
        closed.incrementAndGet();
        whileClosing.run();
    }

    @Override
    public void abort(Connection connection) {
        aborted.incrementAndGet();
        whileClosing.run();
    }
}
