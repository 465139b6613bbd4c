package dev.mooring.kit;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FaultyBackend} has to do wrong and when, and what it saw. One fault is armed at a time; arming another
 * replaces it. Thread-safe.
 */
public final class Faults {

    private static final int REMEMBERED = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<JdbcCall> calls = new ArrayDeque<>();
    private final List<FaultyConnection> open = new ArrayList<>();
    private @Nullable Trap trap;
    private @Nullable JdbcCall struck;
    private int connections;
    private int number;

    /** Makes a driver that works, until told otherwise. */
    public Faults() {}

    /** Has {@code fault} befall the {@code k}-th call from now, over all connections; 1 is the next. */
    public void atCall(int k, Fault fault) {
        when(call -> true, k, fault);
    }

    /** Has {@code fault} befall the {@code n}-th call of a method from now: {@code commit}, {@code Statement.close}. */
    public void atCallOf(String method, int n, Fault fault) {
        requireNonNull(method, "method");
        when(call -> call.isOf(method), n, fault);
    }

    /** Has {@code fault} befall the {@code n}-th call from now that {@code which} accepts. */
    public void when(Predicate<JdbcCall> which, int n, Fault fault) {
        if (n < 1) {
            throw new IllegalArgumentException("n was " + n + "; the next call is 1");
        }
        arm(new Trap(which, n, false, fault));
    }

    /** Has {@code fault} befall every call that {@code which} accepts. */
    public void always(Predicate<JdbcCall> which, Fault fault) {
        arm(new Trap(which, 1, true, fault));
    }

    /** Disarms, and forgets the calls seen so far; the next one has number 1. */
    public void clear() {
        locked(() -> {
            trap = null;
            struck = null;
            number = 0;
            calls.clear();
            return null;
        });
    }

    /** {@return the call that the present fault befell, the latest if several; empty if it has not come to that} */
    public Optional<JdbcCall> struck() {
        return locked(() -> Optional.ofNullable(struck));
    }

    /** {@return the calls since {@link #clear()}, the latest 10,000 of them} */
    public List<JdbcCall> calls() {
        return locked(() -> List.copyOf(calls));
    }

    /** {@return how many connections were opened and neither closed nor aborted since, by the caller's side} */
    public int openConnections() {
        return locked(open::size);
    }

    /** {@return how many statements on open connections were made and not closed} */
    public int openStatements() {
        return locked(
                () -> open.stream().mapToInt(FaultyConnection::openStatements).sum());
    }

    /** {@return how many result sets on open connections were closed neither themselves nor with their statement} */
    public int openRows() {
        return locked(() -> open.stream().mapToInt(FaultyConnection::openRows).sum());
    }

    /** {@return whether the connection of this number is open} */
    public boolean isOpen(int connection) {
        return locked(() -> open.stream().anyMatch(each -> each.number() == connection));
    }

    int nextConnection() {
        return locked(() -> ++connections);
    }

    void opened(FaultyConnection connection) {
        locked(() -> open.add(connection));
    }

    void ended(FaultyConnection connection) {
        locked(() -> open.remove(connection));
    }

    /** Makes a call, or has it go wrong. */
    @Nullable
    Object perform(FaultyConnection on, String method, @Nullable String sql, boolean ending, Invocation.Real real)
            throws Throwable {
        JdbcCall call;
        Fault fault;
        lock.lock();
        try {
            call = record(on, method, sql);
            fault = due(call);
        } finally {
            lock.unlock();
        }
        Invocation invocation = new Invocation(call, on, real);
        try {
            return fault == null ? invocation.proceed() : fault.strike(invocation);
        } finally {
            if (ending && !invocation.isMade()) {
                FaultyConnection.quietly(invocation::proceed);
            }
        }
    }

    private JdbcCall record(FaultyConnection on, String method, @Nullable String sql) {
        JdbcCall call = new JdbcCall(++number, on.number(), method, sql);
        if (calls.size() == REMEMBERED) {
            calls.removeFirst();
        }
        calls.add(call);
        return call;
    }

    private @Nullable Fault due(JdbcCall call) {
        Trap armed = trap;
        if (armed == null || !armed.which.test(call) || --armed.left > 0) {
            return null;
        }
        if (!armed.always) {
            trap = null;
        }
        struck = call;
        return armed.fault;
    }

    private void arm(Trap next) {
        locked(() -> {
            trap = next;
            struck = null;
            return null;
        });
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private static final class Trap {
        private final Predicate<JdbcCall> which;
        private final boolean always;
        private final Fault fault;
        private int left;

        private Trap(Predicate<JdbcCall> which, int left, boolean always, Fault fault) {
            this.which = requireNonNull(which, "which");
            this.left = left;
            this.always = always;
            this.fault = requireNonNull(fault, "fault");
        }
    }
}
