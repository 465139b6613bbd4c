package dev.mooring.spring.boot;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source whose connections begin with autocommit off, as {@code spring.datasource.hikari.auto-commit=false} says: Hibernate, told
 * so by {@code hibernate.connection.provider_disables_autocommit}, does not turn it off itself. Thread-safe.
 */
final class ManualCommitDataSource extends DelegatingDataSource {

    ManualCommitDataSource(DataSource target) {
        super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        boolean done = false;
        try {
            connection.setAutoCommit(false);
            done = true;
        } finally {
            if (!done) {
                connection.close();
            }
        }
        return connection;
    }
}
