package dev.mooring.differential;

import dev.mooring.AtomicBlock;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Gives a connection in a mode, and takes it back: the bare driver's, or one of the view. */
abstract class Side implements AutoCloseable {

    @Nullable
    Connection connection;

    /** {@return a connection in that mode, in which nothing was done yet} */
    Connection begin(Mode mode, boolean fresh) throws SQLException {
        Connection begun = take(mode, fresh);
        connection = begun;
        if (mode == Mode.OFF) {
            begun.setAutoCommit(false);
        }
        return begun;
    }

    abstract Connection take(Mode mode, boolean fresh) throws SQLException;

    /** {@return what ending gave, nothing if it went well} */
    String end(Mode mode) {
        try {
            Connection used = connection;
            if (mode == Mode.OFF && used != null && !used.isClosed() && !used.getAutoCommit()) {
                used.rollback();
            }
        } catch (Exception e) {
            return ", rollback: " + Outcome.of(e) + given(mode);
        }
        return given(mode);
    }

    private String given(Mode mode) {
        try {
            give(mode);
            return "";
        } catch (Exception e) {
            return ", end: " + Outcome.of(e);
        }
    }

    abstract void give(Mode mode) throws SQLException;

    @Override
    public abstract void close() throws SQLException;

    /** The driver's own. One is used again if nothing was done to it itself and it still answers. */
    static final class Bare extends Side {

        private final Engine engine;
        private final DatabaseSettings settings;
        private @Nullable Connection kept;

        Bare(Engine engine, DatabaseSettings settings) {
            this.engine = engine;
            this.settings = settings;
        }

        @Override
        Connection take(Mode mode, boolean fresh) throws SQLException {
            Connection taken = kept;
            kept = null;
            if (taken != null && (fresh || taken.isClosed())) {
                taken.close();
                taken = null;
            }
            if (taken == null) {
                taken = engine.bare(settings);
            }
            if (mode == Mode.ATOMIC) {
                taken.setAutoCommit(false);
            }
            return taken;
        }

        @Override
        void give(Mode mode) throws SQLException {
            Connection used = connection;
            if (used == null || used.isClosed()) {
                return;
            }
            kept = used;
            if (mode == Mode.ATOMIC && !used.getAutoCommit()) {
                used.commit();
            }
            if (!used.getAutoCommit()) {
                used.setAutoCommit(true);
            }
        }

        void renew() throws SQLException {
            if (kept != null) {
                kept.close();
                kept = null;
            }
        }

        @Override
        public void close() throws SQLException {
            renew();
        }
    }

    static final class View extends Side {

        private final Databases databases;
        private @Nullable AtomicBlock block;

        View(DatabaseSettings settings) {
            databases = Databases.of(settings);
        }

        @Override
        Connection take(Mode mode, boolean fresh) throws SQLException {
            if (mode == Mode.ATOMIC) {
                block = databases.get().beginAtomic();
            }
            return databases.dataSource().getConnection();
        }

        @Override
        void give(Mode mode) throws SQLException {
            Connection used = connection;
            AtomicBlock ended = block;
            block = null;
            try {
                if (used != null) {
                    used.close();
                }
            } finally {
                if (ended != null) {
                    try (ended) {
                        ended.commit();
                    }
                }
            }
        }

        @Override
        public void close() {
            databases.close();
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
