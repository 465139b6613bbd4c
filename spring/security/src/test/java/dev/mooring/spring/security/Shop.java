package dev.mooring.spring.security;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.auth.Users;
import dev.mooring.auth.http.AuthFilter;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.web.context.support.GenericWebApplicationContext;

/** The {@link ShopApplication} on a file of SQLite's. */
final class Shop implements AutoCloseable {

    static final String SECRET_KEY = "only for tests";

    private final Databases databases;
    private final GenericWebApplicationContext application = new GenericWebApplicationContext();
    private final TomcatServer server;

    Shop(Path directory, Path file) throws LifecycleException {
        databases = databases(file);
        application.registerBean(Databases.class, () -> databases);
        application.registerBean(SecretKeys.class, () -> SecretKeys.of(SECRET_KEY));
        new AnnotatedBeanDefinitionReader(application).register(ShopApplication.class);
        server = new TomcatServer(directory, application);
    }

    private static Databases databases(Path file) {
        return Databases.of(DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(file.toString())
                .build());
    }

    /** Makes Django's tables in a new file. */
    static void makeTables(Path file) {
        try (Databases databases = databases(file)) {
            new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());
            AuthMigrations.createMissingRows(databases, "default");
        }
    }

    Databases databases() {
        return databases;
    }

    Users users() {
        return application.getBean(Users.class);
    }

    AuthFilter filter() {
        return application.getBean(AuthFilter.class);
    }

    Browser browser() {
        return new Browser(server.uri());
    }

    @Override
    public void close() throws LifecycleException {
        server.close();
        databases.close();
    }
}
