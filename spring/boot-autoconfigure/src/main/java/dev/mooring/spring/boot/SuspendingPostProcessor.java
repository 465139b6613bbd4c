package dev.mooring.spring.boot;

import dev.mooring.Database;
import dev.mooring.spring.AtomicTransactionManager;
import dev.mooring.spring.SuspendingListener;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

/**
 * Has calls of {@code Databases} follow each transaction manager that has a data source of ours, such as that of JPA. Comes before
 * other post-processors, which may put a proxy in the place of the manager. Thread-safe.
 */
final class SuspendingPostProcessor implements BeanPostProcessor, PriorityOrdered {

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

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
        Object target = AopProxyUtils.getSingletonTarget(manager);
        return database(source(target == null ? manager : target));
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
