package dev.mooring.benchmarks.rival;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** JDBC by hand: what is left when nobody shares anything. */
final class RawReader implements Reader {

    private final Queue<Connection> opened = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Session> sessions;
    private final boolean reused;

    RawReader(Target target, boolean reused) {
        this.reused = reused;
        sessions = ThreadLocal.withInitial(() -> open(target));
    }

    private Session open(Target target) {
        try {
            Connection connection = target.connect();
            opened.add(connection);
            return new Session(connection, Readers.prepare(connection));
        } catch (SQLException e) {
            throw new IllegalStateException("No connection to " + target.url(), e);
        }
    }

    @Override
    public String read(int id) throws SQLException {
        Session mine = sessions.get();
        if (reused) {
            return Readers.read(mine.statement, id);
        }
        try (PreparedStatement statement = Readers.prepare(mine.connection)) {
            return Readers.read(statement, id);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : opened) {
            connection.close();
        }
    }

    private record Session(Connection connection, PreparedStatement statement) {}
}
