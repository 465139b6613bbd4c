package dev.mooring.benchmarks.rival;

import org.vibur.dbcp.ViburDBCPDataSource;

/** Vibur: its defaults, but for the size and the timeout. */
final class ViburRival extends DataSourceRival {

    private final ViburDBCPDataSource vibur;

    ViburRival(Target target, int size) {
        this(start(target, size));
    }

    private ViburRival(ViburDBCPDataSource vibur) {
        super(vibur);
        this.vibur = vibur;
    }

    private static ViburDBCPDataSource start(Target target, int size) {
        ViburDBCPDataSource vibur = new ViburDBCPDataSource();
        vibur.setDriverClassName(target.driver().getName());
        vibur.setJdbcUrl(target.url());
        vibur.setUsername("");
        vibur.setPassword("");
        vibur.setPoolInitialSize(size);
        vibur.setPoolMaxSize(size);
        vibur.setConnectionTimeoutInMs(Target.PATIENCE.toMillis());
        vibur.start();
        return vibur;
    }

    @Override
    public int waiting() {
        throw new UnsupportedOperationException("Vibur does not count waiters");
    }

    @Override
    public int open() {
        return vibur.getPool().createdTotal();
    }

    @Override
    public int leased() {
        return vibur.getPool().taken();
    }

    @Override
    public void close() {
        vibur.close();
    }
}
