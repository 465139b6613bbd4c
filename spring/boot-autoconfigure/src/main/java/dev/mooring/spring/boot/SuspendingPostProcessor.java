package dev.mooring.spring.boot;

import dev.mooring.Database;
import dev.mooring.spring.AtomicTransactionManager;
import dev.mooring.spring.SuspendingListener;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

/**
 * Has calls of {@code Databases} follow each transaction manager that has a data source of ours, such as that of JPA. Thread-safe.
 */
final class SuspendingPostProcessor implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof AbstractPlatformTransactionManager manager && !(bean instanceof AtomicTransactionManager)) {
            Database database = databaseOf(manager);
            if (database != null) {
                manager.addListener(new SuspendingListener(database, manager));
            }
        }
        return bean;
    }

    /** {@return the database whose transactions {@code manager} manages; null if that is none of ours} */
    static @Nullable Database databaseOf(TransactionManager manager) {
        return database(source(manager));
    }

    /** {@return what {@code JpaTransactionManager} and its like call their data source} */
    private static @Nullable Object source(Object manager) {
        BeanWrapper properties = new BeanWrapperImpl(manager);
        return properties.isReadableProperty("dataSource") ? properties.getPropertyValue("dataSource") : null;
    }

    /** {@return the database behind {@code source}; null if that is no view of ours} */
    static @Nullable Database database(@Nullable Object source) {
        try {
            return source instanceof DataSource view && view.isWrapperFor(Database.class)
                    ? view.unwrap(Database.class)
                    : null;
        } catch (SQLException e) {
            return null;
        }
    }
}
