package dev.mooring.pool;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that can do nothing, counted. Any thread. */
final class FakeSource implements ConnectionSource {

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger aborted = new AtomicInteger();
    final AtomicInteger probes = new AtomicInteger();
    final AtomicInteger peak = new AtomicInteger();
    final AtomicInteger failures = new AtomicInteger();
    volatile Runnable whileOpening = () -> {};

    @Override
    public Connection open() {
        whileOpening.run();
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("refused");
        }
        opened.incrementAndGet();
        peak.accumulateAndGet(nowOpen(), Math::max);
        return (Connection) Proxy.newProxyInstance(
                FakeSource.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    int nowOpen() {
        return opened.get() - closed.get() - aborted.get();
    }

    @Override
    public boolean isUsable(Connection connection) {
        probes.incrementAndGet();
        return true;
    }

    @Override
    public void close(Connection connection) {
        closed.incrementAndGet();
    }

    @Override
    public void abort(Connection connection) {
        aborted.incrementAndGet();
    }
}
