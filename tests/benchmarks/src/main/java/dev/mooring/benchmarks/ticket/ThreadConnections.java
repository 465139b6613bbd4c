package dev.mooring.benchmarks.ticket;

import dev.mooring.benchmarks.rival.Rival;
import dev.mooring.benchmarks.rival.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a direct translation of Django does: a connection for each thread, which nobody closes. */
final class ThreadConnections implements Rival {

    private final Target target;
    private final Map<Thread, Connection> connections = new ConcurrentHashMap<>();

    ThreadConnections(Target target) {
        this.target = target;
    }

    private Connection own() throws SQLException {
        Connection connection = connections.get(Thread.currentThread());
        if (connection == null) {
            connection = target.connect();
            connections.put(Thread.currentThread(), connection);
        }
        return connection;
    }

    @Override
    public Object cycle() throws SQLException {
        return own();
    }

    @Override
    public void hold(Work work) throws Exception {
        work.with(own());
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public int open() {
        return connections.size();
    }

    @Override
    public int leased() {
        return connections.size();
    }

    @Override
    public void close() {
        connections.values().removeIf(connection -> {
            try {
                connection.close();
                return true;
            } catch (SQLException e) {
                throw new IllegalStateException("A connection could not be closed", e);
            }
        });
    }
}
