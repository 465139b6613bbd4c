package dev.mooring.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.postgres.PostgresBackendProvider;
import dev.mooring.sqlite.SqliteBackendProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The drivers are copied by Maven: {@code mvn process-test-resources} puts them into {@code target/drivers}. */
@Tag("wrong-answers")
@DisplayName("With an older driver on the class path, such as Spring Boot manages, everything works")
class OlderDriverTest {

    private static final List<Class<?>> NEEDED = List.of(
            Databases.class,
            PostgresBackendProvider.class,
            SqliteBackendProvider.class,
            LoggerFactory.class,
            Throwables.class,
            InternalFutureFailureAccess.class,
            DriverProbe.class);

    private static final String PROVIDERS = "META-INF/services/dev.mooring.spi.BackendProvider";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"42.7.7", "42.7.10"})
    @DisplayName("pgjdbc")
    void postgres(String version) throws Exception {
        DatabaseSettings database = EmptyDatabases.postgres();

        String used = run(
                "postgresql-" + version + ".jar",
                "postgresql://postgres@localhost:%d/%s"
                        .formatted(database.port().orElseThrow(), database.name()));

        assertThat(used).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.49.1.0", "3.50.3.0"})
    @DisplayName("sqlite-jdbc")
    void sqlite(String version) throws Exception {
        String used = run("sqlite-jdbc-" + version + ".jar", "sqlite:///" + directory.resolve("test.sqlite3"));

        assertThat(version).startsWith(used);
    }

    @SuppressWarnings("unchecked")
    private static String run(String driver, String url) throws Exception {
        Path jar = Path.of("target", "drivers", driver);
        assertThat(Files.exists(jar)).as("%s, which Maven copies", jar).isTrue();
        List<URL> urls = new ArrayList<>(List.of(jar.toUri().toURL()));
        for (Class<?> needed : NEEDED) {
            urls.add(needed.getProtectionDomain().getCodeSource().getLocation());
        }
        for (URL provider :
                Collections.list(OlderDriverTest.class.getClassLoader().getResources(PROVIDERS))) {
            String place = provider.toString();
            urls.add(new URL(place.substring(0, place.length() - PROVIDERS.length())));
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            return ((Function<String, String>) loader.loadClass(DriverProbe.class.getName())
                            .getConstructor()
                            .newInstance())
                    .apply(url);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
