package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationGraph;
import dev.mooring.migrations.MigrationId;
import dev.mooring.migrations.MigrationListener;
import dev.mooring.migrations.MigrationLoader;
import dev.mooring.migrations.MigrationMode;
import dev.mooring.migrations.MigrationTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The migrations of Django's own apps, on the default database. */
final class Migrations {

    private static final String ALIAS = DatabaseSettings.DEFAULT_ALIAS;
    private static final String ZERO = "zero";

    private Migrations() {}

    static MigrationExecutor executor(Databases databases) {
        return new MigrationExecutor(databases, ALIAS, AuthMigrations.all());
    }

    /** {@return where an app is to be brought, or all of them; names may be given by how they begin} */
    static List<MigrationTarget> targets(MigrationLoader loader, @Nullable String app, @Nullable String name) {
        if (app != null) {
            loader.requireApp(app);
        }
        if (app == null || name == null) {
            return loader.graph().leaves().stream()
                    .filter(leaf -> app == null || leaf.app().equals(app))
                    .map(MigrationTarget::of)
                    .toList();
        }
        return List.of(
                name.equals(ZERO)
                        ? MigrationTarget.zero(app)
                        : MigrationTarget.of(inGraph(loader, loader.find(app, name))));
    }

    /** A squash that cannot be used, for some of its parts are applied, stands for the last of them. */
    private static MigrationId inGraph(MigrationLoader loader, Migration migration) {
        MigrationGraph graph = loader.graph();
        List<MigrationId> replaced = migration.replaces();
        boolean useless = !graph.contains(migration.id()) && !replaced.isEmpty();
        return useless ? replaced.get(replaced.size() - 1) : migration.id();
    }

    /** Applies what is missing, then adds the content types and permissions that belong to it. */
    static void migrate(Databases databases, MigrationListener listener) {
        migrate(databases, targets(executor(databases).load(), null, null), MigrationMode.NORMAL, listener);
    }

    static void migrate(
            Databases databases, List<MigrationTarget> targets, MigrationMode mode, MigrationListener listener) {
        executor(databases).migrate(targets, mode, listener);
        if (executor(databases).plan().isEmpty()) {
            AuthMigrations.createMissingRows(databases, ALIAS);
        }
    }
}
