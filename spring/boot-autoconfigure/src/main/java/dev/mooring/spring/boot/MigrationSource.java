package dev.mooring.spring.boot;

import dev.mooring.migrations.Migration;
import java.util.Collection;

/** Migrations that are applied when the application starts: a bean for each app, or for several. */
@FunctionalInterface
public interface MigrationSource {

    /** {@return the migrations} */
    Collection<Migration> migrations();
}
