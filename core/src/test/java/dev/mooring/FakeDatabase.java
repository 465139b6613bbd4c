package dev.mooring;

import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A database that exists in the tests alone: it counts what is done to it and fails where it is told to. Thread-safe.
 *
 * <p>What it is told by name ({@code "COMMIT"}, {@code "SELECT 1"}, {@code "close"}) is a call as {@link #calls} has it.
 */
final class FakeDatabase {

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger aborted = new AtomicInteger();
    final AtomicInteger probes = new AtomicInteger();
    final AtomicInteger resets = new AtomicInteger();
    final AtomicInteger interrupts = new AtomicInteger();
    final AtomicInteger peak = new AtomicInteger();

    /** How often a connection was used by two threads at once. */
    final AtomicInteger overlaps = new AtomicInteger();

    /** All that was sent, in order; without opening and closing. */
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private final Map<String, List<Throwable>> failures = new ConcurrentHashMap<>();
    private final Map<String, List<List<Object>>> rows = new ConcurrentHashMap<>();

    /** Whether the driver refuses to close its connections, which then stay open. */
    volatile boolean unclosable;

    volatile boolean usable = true;
    volatile boolean resettable = true;
    volatile TransactionStatus status = TransactionStatus.UNKNOWN;

    /** The SQLSTATE with which it says that it has rolled the transaction back. */
    volatile String rollsBackWith = "";

    volatile boolean inMemory;
    volatile boolean beginsAtOnce;
    volatile boolean hasWriteLock;
    volatile Duration statementTimeout = Duration.ZERO;

    /** Called in the middle of each statement, and of a "reset", on its thread. */
    volatile Consumer<String> during = sql -> {};

    /** Called in the middle of the preparation of each statement, on its thread. */
    volatile Consumer<String> duringPrepare = sql -> {};

    /** Has the next calls fail, one failure each. */
    FakeDatabase fail(String call, Throwable... with) {
        failures.put(call, Collections.synchronizedList(new ArrayList<>(List.of(with))));
        return this;
    }

    /** Says what a query finds; any other finds one row with the number 1. All columns are called c1, c2, ... */
    FakeDatabase rows(String sql, List<List<Object>> found) {
        rows.put(sql, found);
        return this;
    }

    List<List<Object>> found(String sql) {
        return rows.getOrDefault(sql, List.of(List.of(1)));
    }

    int open() {
        return opened.get() - closed.get();
    }

    /** {@return what was sent since the last call of this} */
    List<String> drain() {
        synchronized (calls) {
            List<String> sent = List.copyOf(calls);
            calls.clear();
            return sent;
        }
    }

    static SQLException error(String state) {
        return new SQLException("the driver says " + state, state);
    }

    Connection connect() throws SQLException {
        failIfTold("connect");
        opened.incrementAndGet();
        peak.accumulateAndGet(open(), Math::max);
        return new FakeConnection(this).proxy();
    }

    void failIfTold(String call) throws SQLException {
        List<Throwable> told = failures.get(call);
        if (told == null || told.isEmpty()) {
            return;
        }
        Throwable failure = told.remove(0);
        if (failure instanceof SQLException driver) {
            throw driver;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw (Error) failure;
    }

    void call(String call) throws SQLException {
        calls.add(call);
        during.accept(call);
        failIfTold(call);
    }
}
