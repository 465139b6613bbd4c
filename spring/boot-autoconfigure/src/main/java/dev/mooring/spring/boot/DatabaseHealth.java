package dev.mooring.spring.boot;

import dev.mooring.ConnectionCounts;
import dev.mooring.Database;
import dev.mooring.DatabaseListener;
import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.error.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether the databases answer, told without a lease and without waiting: a pool that is full, or a server that is silent, keeps
 * nobody who asks.
 *
 * <p>A database with open connections is up, for it is in use and the pool sees to broken ones. With none, what was seen last counts,
 * and another connection is tried in the background, outside the pool and closed again, so that an application which gets no requests
 * while it is down notices when the database is back. Thread-safe.
 */
public final class DatabaseHealth implements DatabaseListener {

    /** What is known of a database. */
    public enum Status {
        /** It answered when it was last asked, or is in use. */
        UP,
        /** It could not be reached when it was last tried, and there is no connection. */
        DOWN,
        /** It was not tried yet. */
        UNKNOWN
    }

    private final Map<String, Probe> probes = new ConcurrentHashMap<>();
    private final Executor background;

    /** Makes one that tries connections on threads of its own. */
    public DatabaseHealth() {
        this(probe -> {
            Thread thread = new Thread(probe, "mooring-health");
            thread.setDaemon(true);
            thread.start();
        });
    }

    DatabaseHealth(Executor background) {
        this.background = background;
    }

    @Override
    public void connectionCreated(DatabaseWrapper wrapper) {
        probe(wrapper.alias()).saw(Status.UP, "");
    }

    @Override
    public void connectionFailed(String alias, DatabaseException error) {
        probe(alias).saw(Status.DOWN, String.valueOf(error.getMessage()));
    }

    /** {@return the worst status of all} */
    public Status status(Databases databases) {
        Status worst = Status.UP;
        for (String alias : databases.aliases()) {
            Status status = status(databases.using(alias));
            if (status == Status.DOWN || worst == Status.UP) {
                worst = status;
            }
        }
        return worst;
    }

    private Status status(Database database) {
        if (database.counts().open() > 0) {
            return Status.UP;
        }
        Probe probe = probe(database.alias());
        probe.start(database);
        return probe.last.status;
    }

    /** {@return by alias, what can be told of the databases} No secrets. */
    public Map<String, Object> details(Databases databases) {
        Map<String, Object> details = new LinkedHashMap<>();
        for (String alias : databases.aliases()) {
            details.put(alias, details(databases.using(alias)));
        }
        return details;
    }

    private Map<String, Object> details(Database database) {
        ConnectionCounts counts = database.counts();
        Seen last = probe(database.alias()).last;
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("database", database.backend().engine());
        details.put("status", counts.open() > 0 ? Status.UP.name() : last.status.name());
        details.put("active", counts.leased());
        details.put("idle", counts.open() - counts.leased());
        details.put("waiting", counts.waiting());
        if (counts.open() == 0 && last.status == Status.DOWN) {
            details.put("error", last.error);
        }
        return details;
    }

    private Probe probe(String alias) {
        return probes.computeIfAbsent(alias, unused -> new Probe());
    }

    private record Seen(Status status, String error) {}

    /** What was seen last of one database, and whether it is being tried now. */
    private final class Probe {

        private final AtomicBoolean running = new AtomicBoolean();
        private volatile Seen last = new Seen(Status.UNKNOWN, "");

        void saw(Status status, String error) {
            last = new Seen(status, error);
        }

        void start(Database database) {
            if (running.compareAndSet(false, true)) {
                try {
                    background.execute(() -> {
                        try {
                            run(database);
                        } finally {
                            running.set(false);
                        }
                    });
                } catch (Throwable notStarted) {
                    running.set(false);
                    throw notStarted;
                }
            }
        }

        private void run(Database database) {
            try (Connection connection = database.backend().connector().open()) {
                boolean answers = database.backend()
                        .connector()
                        .isUsable(connection, database.settings().probeTimeout());
                saw(answers ? Status.UP : Status.DOWN, "A new connection did not answer");
            } catch (SQLException | RuntimeException e) {
                saw(Status.DOWN, String.valueOf(e.getMessage()));
            }
        }
    }
}
