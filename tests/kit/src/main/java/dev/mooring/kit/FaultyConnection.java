package dev.mooring.kit;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** One connection, real and as seen, and what is open on it. Thread-safe. */
final class FaultyConnection {

    private final int number;
    private final Faults faults;
    private final Set<JdbcProxy> statements = ConcurrentHashMap.newKeySet();
    private final Set<JdbcProxy> rows = ConcurrentHashMap.newKeySet();
    private final Queue<Runnable> whenEnded = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;
    private volatile @Nullable Connection real;
    private volatile @Nullable Connection proxy;

    FaultyConnection(Faults faults) {
        this.faults = faults;
        this.number = faults.nextConnection();
    }

    /** {@return {@code connection} as users are to see it} */
    Connection open(Connection connection) {
        Connection seen = JdbcProxy.of(Connection.class, connection, this, null, null);
        real = connection;
        proxy = seen;
        faults.opened(this);
        return seen;
    }

    int number() {
        return number;
    }

    Faults faults() {
        return faults;
    }

    Connection proxy() {
        return requireNonNull(proxy, "proxy");
    }

    int openStatements() {
        return statements.size();
    }

    int openRows() {
        return rows.size();
    }

    void opened(JdbcProxy statement) {
        statements.add(statement);
    }

    void openedRows(JdbcProxy resultSet) {
        rows.add(resultSet);
    }

    /** A statement takes its rows with it. */
    void closed(JdbcProxy statementOrRows) {
        statements.remove(statementOrRows);
        rows.remove(statementOrRows);
        rows.removeIf(statementOrRows::made);
    }

    /** The caller's side closed or aborted it. */
    void end() {
        faults.ended(this);
        ended = true;
        runDue();
    }

    void whenEnded(Runnable action) {
        whenEnded.add(action);
        if (ended) {
            runDue();
        }
    }

    private void runDue() {
        for (Runnable due = whenEnded.poll(); due != null; due = whenEnded.poll()) {
            due.run();
        }
    }

    void lose() {
        Connection losing = real;
        if (losing != null) {
            quietly(() -> {
                losing.close();
                return null;
            });
        }
    }

    /** For what is to happen whatever the driver says to it. */
    static void quietly(Invocation.Real action) {
        try {
            action.call();
        } catch (Throwable e) {
            // The fault is what the caller is to see.
        }
    }
}
