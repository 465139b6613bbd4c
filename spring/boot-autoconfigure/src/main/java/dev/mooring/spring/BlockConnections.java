package dev.mooring.spring;

import dev.mooring.AtomicBlock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.ConnectionHandle;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * What Spring's JDBC classes find bound to the thread: connections of the {@code DataSource}, which are in the block. One is taken
 * when it is asked for and closed when nobody uses it any more. Knows also which blocks Spring began, and which of them are to be
 * rolled back. For one thread.
 */
final class BlockConnections extends ConnectionHolder {

    /** The blocks that Spring began, the innermost first. */
    private final Deque<Level> levels = new ArrayDeque<>();

    BlockConnections(DataSource source) {
        super(new Taken(source));
        setSynchronizedWithTransaction(true);
        setTransactionActive(true);
    }

    void entered(AtomicBlock block) {
        levels.push(new Level(block));
    }

    void left(AtomicBlock block) {
        levels.removeIf(level -> level.block == block);
    }

    /** {@return whether the innermost block of the thread is one that Spring began} It is then marked for rollback. */
    boolean markInnermost() {
        Level innermost = levels.peek();
        if (innermost == null || !innermost.block.isInnermost()) {
            return false;
        }
        innermost.marked = true;
        return true;
    }

    /** {@return whether the innermost block that Spring began is to be rolled back, because a method failed in it or time is up} */
    boolean isMarked() {
        Level innermost = levels.peek();
        return isRollbackOnly() || (innermost != null && innermost.marked);
    }

    private static final class Level {

        private final AtomicBlock block;
        private boolean marked;

        Level(AtomicBlock block) {
            this.block = block;
        }
    }

    private record Taken(DataSource source) implements ConnectionHandle {

        @Override
        public Connection getConnection() {
            try {
                return source.getConnection();
            } catch (SQLException e) {
                throw new CannotGetJdbcConnectionException("Could not take a connection of the transaction", e);
            }
        }

        @Override
        public void releaseConnection(Connection connection) {
            JdbcUtils.closeConnection(connection);
        }
    }
}
