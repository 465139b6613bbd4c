package dev.mooring.benchmarks.rival;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;

/** HikariCP: its defaults, but for the size and the timeout. */
final class HikariRival extends DataSourceRival {

    private final HikariDataSource hikari;

    HikariRival(Target target, int size) {
        this(new HikariDataSource(config(target, size)));
    }

    private HikariRival(HikariDataSource hikari) {
        super(hikari);
        this.hikari = hikari;
    }

    private static HikariConfig config(Target target, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(target.url());
        config.setDriverClassName(target.driver().getName());
        target.properties().forEach(config::addDataSourceProperty);
        config.setMaximumPoolSize(size);
        config.setConnectionInitSql(target.initialSql().isEmpty() ? null : target.initialSql());
        config.setConnectionTimeout(Target.PATIENCE.toMillis());
        return config;
    }

    private HikariPoolMXBean pool() {
        return hikari.getHikariPoolMXBean();
    }

    @Override
    public int waiting() {
        return pool().getThreadsAwaitingConnection();
    }

    @Override
    public int open() {
        return pool().getTotalConnections();
    }

    @Override
    public int leased() {
        return pool().getActiveConnections();
    }

    @Override
    public void close() {
        hikari.close();
    }
}
