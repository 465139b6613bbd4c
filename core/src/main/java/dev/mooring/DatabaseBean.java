package dev.mooring;

import java.util.List;

/** Thread-safe. */
final class DatabaseBean implements DatabaseMXBean {

    private final DatabaseStatus database;

    DatabaseBean(DatabaseStatus database) {
        this.database = database;
    }

    @Override
    public int getActiveConnections() {
        return database.counts().leased();
    }

    @Override
    public int getIdleConnections() {
        ConnectionCounts counts = database.counts();
        return Math.max(0, counts.open() - counts.leased());
    }

    @Override
    public int getTotalConnections() {
        return database.counts().open();
    }

    @Override
    public int getThreadsAwaitingConnection() {
        return database.counts().waiting();
    }

    @Override
    public int getMaximumPoolSize() {
        return database.settings().maxConnections().orElse(-1);
    }

    @Override
    public int getPeakConnections() {
        return database.counts().peak();
    }

    @Override
    public long getOpened() {
        return database.counts().opened();
    }

    @Override
    public long getClosed() {
        return database.counts().closed();
    }

    @Override
    public long getReused() {
        return database.counts().reused();
    }

    @Override
    public long getReclaimed() {
        return database.counts().reclaimed();
    }

    @Override
    public long getWaits() {
        return database.counts().waits();
    }

    @Override
    public long getWaitTimeMillis() {
        return database.counts().waitTime().toMillis();
    }

    @Override
    public long getTimeouts() {
        return database.counts().timeouts();
    }

    @Override
    public long getFailures() {
        return database.counts().failures();
    }

    @Override
    public List<String> getHolders() {
        return database.holders();
    }
}
