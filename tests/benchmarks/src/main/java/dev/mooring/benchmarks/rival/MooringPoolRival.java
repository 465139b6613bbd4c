package dev.mooring.benchmarks.rival;

import dev.mooring.benchmarks.stub.StubConnection;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.pool.Clock;
import dev.mooring.pool.ConnectionSource;
import dev.mooring.pool.Housekeeper;
import dev.mooring.pool.Pool;
import dev.mooring.pool.PoolListener;
import dev.mooring.pool.PooledConnection;
import dev.mooring.pool.WaitGraph;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Mooring's pool by itself, to the stub alone: health checks, maximum age and reclaiming on, the housekeeper at work. A
 * {@link ThreadLocal} stands for the wrapper that remembers which connection its thread had last.
 */
final class MooringPoolRival implements Rival {

    private final Pool pool;
    private final Housekeeper housekeeper;
    private final ThreadLocal<Last> last = ThreadLocal.withInitial(Last::new);

    MooringPoolRival(Target target, int size) {
        DatabaseSettings settings = target.sized(size);
        if (!settings.connHealthChecks() || settings.connMaxAge().isEmpty() || !settings.reclaim()) {
            throw new IllegalStateException("Mooring's defaults are meant to have everything on: " + settings);
        }
        Clock clock = new Clock(System::nanoTime);
        housekeeper = new Housekeeper(clock);
        pool = new Pool(settings, new StubSource(), clock, new WaitGraph(), new PoolListener() {});
        housekeeper.add(pool);
        housekeeper.start();
    }

    @Override
    public Object cycle() {
        Last mine = last.get();
        PooledConnection leased = pool.acquire(mine.connection);
        mine.connection = leased;
        pool.release(leased, leased.ticket());
        return leased;
    }

    @Override
    public void hold(Work work) throws Exception {
        Last mine = last.get();
        PooledConnection leased = pool.acquire(mine.connection);
        long ticket = leased.ticket();
        mine.connection = leased;
        try {
            work.with(leased.connection());
        } finally {
            pool.release(leased, ticket);
        }
    }

    @Override
    public int waiting() {
        return pool.counts().waiting();
    }

    @Override
    public int open() {
        return pool.counts().open();
    }

    @Override
    public int leased() {
        return pool.counts().leased();
    }

    @Override
    public void close() {
        pool.shutDown(Duration.ZERO);
        housekeeper.stop();
    }

    private static final class Last {
        @Nullable
        PooledConnection connection;
    }

    private static final class StubSource implements ConnectionSource {
        @Override
        public Connection open() {
            return new StubConnection();
        }

        @Override
        public boolean isRefusal(DatabaseException error) {
            return false;
        }

        @Override
        public boolean isUsable(Connection connection) {
            try {
                return connection.isValid(1);
            } catch (SQLException e) {
                return false;
            }
        }

        @Override
        public void close(Connection connection) {
            abort(connection);
        }

        @Override
        public void abort(Connection connection) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new AssertionError("The stub connection closes", e);
            }
        }
    }
}
