package dev.mooring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("wrong-answers")
class MissingDriverTest {

    @ParameterizedTest
    @DisplayName("A backend without its driver says which class is missing and what to do")
    @CsvSource({
        "postgresql, postgres://localhost/shop, org/postgresql/",
        "sqlite-jdbc, sqlite:///:memory:, org/sqlite/",
    })
    void saysWhatIsMissing(String driver, String url, String missing) throws Exception {
        ClassLoader callers = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader without = classPathWithout(driver)) {
            Thread.currentThread().setContextClassLoader(without);
            Throwable failure = catchThrowable(() -> databasesOf(without, url));

            assertThat(failure)
                    .hasMessageStartingWith("The backend of database 'default' (engine '")
                    .hasMessageContaining(missing)
                    .hasMessageEndingWith(
                            "Put its driver on the class or module path, in a version that the backend supports");
            assertThat(failure.getClass().getName()).isEqualTo("dev.mooring.error.ImproperlyConfiguredException");
        } finally {
            Thread.currentThread().setContextClassLoader(callers);
        }
    }

    private static void databasesOf(ClassLoader loader, String url) throws Throwable {
        Class<?> settings = loader.loadClass("dev.mooring.config.DatabaseSettings");
        Object one = settings.getMethod("fromUrl", String.class).invoke(null, url);
        Object all = Array.newInstance(settings, 1);
        Array.set(all, 0, one);
        Method of = loader.loadClass("dev.mooring.Databases").getMethod("of", all.getClass());
        try {
            of.invoke(null, all);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static URLClassLoader classPathWithout(String driver) throws IOException {
        URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !new File(entry).getName().startsWith(driver))
                .map(MissingDriverTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
