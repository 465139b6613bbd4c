package dev.mooring.auth.sessions;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.django.DjangoShell;
import dev.mooring.django.RealDjango;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A database with Django's tables and no user or session, on each of the engines, and the real Django beside it where a
 * test asks for it. Made once and emptied for each test.
 */
public final class SharedDatabase implements AutoCloseable {

    /** Where the database is. */
    public enum Engine {
        SQLITE,
        POSTGRESQL,
        MARIADB
    }

    /** The secret key of the real Django in the tests. */
    public static final String SECRET_KEY = "only for tests";

    private static final Map<Engine, DatabaseSettings> MIGRATED = new ConcurrentHashMap<>();
    private static final List<String> FILLED =
            List.of("django_session", "auth_user_groups", "auth_user_user_permissions", "auth_user");

    private final DatabaseSettings settings;
    private final Databases databases;
    private final Deque<DjangoShell> shells = new ArrayDeque<>();

    private SharedDatabase(DatabaseSettings settings) {
        this.settings = settings;
        databases = Databases.of(settings);
        FILLED.forEach(table -> databases.execute("DELETE FROM " + table));
    }

    public static SharedDatabase create(Engine engine) {
        return create(engine, settings -> settings);
    }

    /** {@return one whose settings are changed} */
    public static SharedDatabase create(Engine engine, UnaryOperator<DatabaseSettingsBuilder> change) {
        DatabaseSettings migrated = MIGRATED.computeIfAbsent(engine, SharedDatabase::migrated);
        return new SharedDatabase(change.apply(migrated.toBuilder()).build());
    }

    private static DatabaseSettings migrated(Engine engine) {
        DatabaseSettings settings = switch (engine) {
            case SQLITE -> file();
            case POSTGRESQL -> EmptyDatabases.postgres();
            case MARIADB -> EmptyDatabases.mariadb();
        };
        try (Databases databases = Databases.of(settings)) {
            new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());
        }
        return settings;
    }

    private static DatabaseSettings file() {
        try {
            return EmptyDatabases.sqlite(Files.createTempDirectory("mooring"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Databases databases() {
        return databases;
    }

    public DjangoShell shell(RealDjango django) {
        DjangoShell shell = django.shell(settings);
        shells.push(shell);
        return shell;
    }

    @Override
    public void close() {
        shells.forEach(DjangoShell::close);
        databases.close();
    }
}
