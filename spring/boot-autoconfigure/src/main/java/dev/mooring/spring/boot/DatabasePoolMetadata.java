package dev.mooring.spring.boot;

import dev.mooring.ConnectionCounts;
import dev.mooring.Database;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;

/** The pool of a database as Spring Boot's metrics see it, {@code jdbc.connections.*}. Thread-safe. */
final class DatabasePoolMetadata implements DataSourcePoolMetadata {

    private static final int UNLIMITED = -1;

    private final Database database;

    DatabasePoolMetadata(Database database) {
        this.database = database;
    }

    @Override
    public Float getUsage() {
        int most = getMax();
        return most == UNLIMITED ? -1f : (float) getActive() / most;
    }

    @Override
    public Integer getActive() {
        return database.counts().leased();
    }

    @Override
    public Integer getIdle() {
        ConnectionCounts counts = database.counts();
        return Math.max(0, counts.open() - counts.leased());
    }

    @Override
    public Integer getMax() {
        return database.settings().maxConnections().orElse(UNLIMITED);
    }

    /** {@return 0: connections are opened when they are needed} */
    @Override
    public Integer getMin() {
        return 0;
    }

    @Override
    public @Nullable String getValidationQuery() {
        return null;
    }

    @Override
    public Boolean getDefaultAutoCommit() {
        return true;
    }
}
