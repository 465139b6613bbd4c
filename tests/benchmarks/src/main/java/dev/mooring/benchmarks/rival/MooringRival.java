package dev.mooring.benchmarks.rival;

import static java.util.Objects.requireNonNull;

import dev.mooring.ConnectionCounts;
import dev.mooring.Database;
import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.Lease;

/** Mooring with its defaults, through this thread's wrapper: everything on. */
final class MooringRival implements Rival {

    private final Databases databases;
    private final Database database;

    MooringRival(Target target, int size) {
        databases = target.databases(size);
        database = databases.using(target.settings().alias());
    }

    @Override
    public Object cycle() {
        DatabaseWrapper wrapper = databases.get();
        wrapper.ensureConnection();
        return wrapper;
    }

    @Override
    public void hold(Work work) throws Exception {
        DatabaseWrapper wrapper = databases.get();
        try (Lease lease = wrapper.hold()) {
            work.with(requireNonNull(wrapper.connection(), "connection"));
        }
    }

    @Override
    public int waiting() {
        return counts().waiting();
    }

    @Override
    public int open() {
        return counts().open();
    }

    @Override
    public int leased() {
        return counts().leased();
    }

    @Override
    public void close() {
        databases.close();
    }

    private ConnectionCounts counts() {
        return database.counts();
    }
}
