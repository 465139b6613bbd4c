package dev.mooring.benchmarks.rival;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import java.sql.SQLException;
import java.time.Duration;

/** Agroal: bare, which is its default, or with what HikariCP has switched on. */
final class AgroalRival extends DataSourceRival {

    private final AgroalDataSource agroal;
    private final int size;

    AgroalRival(Target target, int size, boolean full) throws SQLException {
        this(AgroalDataSource.from(config(target, size, full)), size);
    }

    private AgroalRival(AgroalDataSource agroal, int size) {
        super(agroal);
        this.agroal = agroal;
        this.size = size;
    }

    private static AgroalDataSourceConfigurationSupplier config(Target target, int size, boolean full) {
        return new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> {
            // No initial size: connections opened behind the back of waiting threads are now and then not handed to
            // them.
            pool.maxSize(size)
                    .acquisitionTimeout(Target.PATIENCE)
                    .connectionFactoryConfiguration(factory -> connect(factory, target));
            return full ? featuresOfHikari(pool) : pool;
        });
    }

    private static AgroalConnectionFactoryConfigurationSupplier connect(
            AgroalConnectionFactoryConfigurationSupplier factory, Target target) {
        factory.jdbcUrl(target.url()).connectionProviderClass(target.driver());
        target.properties().forEach((name, value) -> {
            if (name.equals("user")) {
                factory.principal(new NamePrincipal(value)); // Agroal does not pass a property of this name on.
            } else {
                factory.jdbcProperty(name, value);
            }
        });
        return factory;
    }

    private static AgroalConnectionPoolConfigurationSupplier featuresOfHikari(
            AgroalConnectionPoolConfigurationSupplier pool) {
        return pool.connectionValidator(ConnectionValidator.defaultValidator())
                .idleValidationTimeout(Duration.ofMillis(500))
                .leakTimeout(Duration.ofMinutes(1))
                .reapTimeout(Duration.ofMinutes(10))
                .maxLifetime(Duration.ofMinutes(30));
    }

    @Override
    public int waiting() {
        throw new UnsupportedOperationException("Agroal counts waiters only with its metrics on");
    }

    @Override
    public int open() {
        return size;
    }

    @Override
    public int leased() {
        throw new UnsupportedOperationException("Agroal counts leases only with its metrics on");
    }

    @Override
    public void close() {
        agroal.close();
    }
}
