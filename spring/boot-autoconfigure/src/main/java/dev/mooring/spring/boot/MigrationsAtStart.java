package dev.mooring.spring.boot;

import dev.mooring.Databases;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import dev.mooring.migrations.SqlMigrations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.util.ClassUtils;

/** Applies migrations while the application starts. Beans that need the tables are made after this one. */
public final class MigrationsAtStart implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationsAtStart.class);
    private static final String CLASS_PATH = "classpath:";
    private static final String FILE = "file:";

    private final Databases databases;
    private final MigrationProperties properties;
    private final List<MigrationSource> sources;
    private final boolean isReplaced;

    /** @param isReplaced whether a test has put an embedded database in the place of ours, which it must not change then */
    MigrationsAtStart(
            Databases databases, MigrationProperties properties, List<MigrationSource> sources, boolean isReplaced) {
        this.databases = databases;
        this.properties = properties;
        this.sources = List.copyOf(sources);
        this.isReplaced = isReplaced;
    }

    @Override
    public void afterPropertiesSet() {
        List<Migration> migrations = new ArrayList<>();
        sources.forEach(source -> migrations.addAll(source.migrations()));
        properties.apps().forEach((app, place) -> migrations.addAll(read(app, place)));
        if (migrations.isEmpty()) {
            return;
        }
        if (isReplaced) {
            LOG.warn(
                    "No migrations are applied, since the DataSource is an embedded database and not Mooring's. To test with"
                            + " the configured database, use @AutoConfigureTestDatabase(replace = Replace.NONE)");
            return;
        }
        for (String alias : properties.databases()) {
            List<Migration> applied = new MigrationExecutor(databases, alias, migrations).migrate(new Log(alias));
            LOG.info("{} migrations applied to database '{}', of {}", applied.size(), alias, migrations.size());
        }
    }

    private static List<Migration> read(String app, String place) {
        if (place.startsWith(FILE)) {
            return SqlMigrations.inDirectory(app, Path.of(place.substring(FILE.length())));
        }
        ClassLoader loader = ClassUtils.getDefaultClassLoader();
        return SqlMigrations.onClassPath(
                app,
                loader == null ? MigrationsAtStart.class.getClassLoader() : loader,
                place.startsWith(CLASS_PATH) ? place.substring(CLASS_PATH.length()) : place);
    }

    private record Log(String alias) implements MigrationListener {

        @Override
        public void waiting() {
            LOG.info("Waiting for another process that migrates database '{}', or writes to it", alias);
        }

        @Override
        public void applied(Migration migration, Duration elapsed) {
            LOG.info("Applied {} to database '{}' in {} ms", migration.id(), alias, elapsed.toMillis());
        }
    }
}
