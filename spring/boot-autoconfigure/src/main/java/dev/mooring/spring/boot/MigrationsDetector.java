package dev.mooring.spring.boot;

import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/** Has Spring Boot make beans that need the tables, such as JPA's, after {@link MigrationsAtStart}. */
final class MigrationsDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

    /** For Spring Boot. */
    MigrationsDetector() {}

    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return Set.of(MigrationsAtStart.class);
    }
}
