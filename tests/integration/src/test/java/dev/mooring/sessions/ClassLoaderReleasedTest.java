package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A servlet container's threads outlive the applications that they serve. */
@Tag("wrong-answers")
class ClassLoaderReleasedTest {

    private static final int MOST_COLLECTIONS = 50;

    @Test
    @DisplayName("After the databases are closed no thread of a pool keeps the application's class loader")
    void isCollected() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            WeakReference<ClassLoader> loader = deploy(pool);
            for (int i = 0; i < MOST_COLLECTIONS && loader.get() != null; i++) {
                System.gc();
            }

            assertThat(loader.get()).isNull();
        } finally {
            pool.shutdown();
        }
    }

    private static WeakReference<ClassLoader> deploy(ExecutorService pool) throws Exception {
        ClassLoader loader = new ApplicationLoader();
        Object application = start(loader);
        assertThat(application).isNotInstanceOf(Application.class);
        // Whoever starts the second thread is the first one, and both wait for work after this.
        pool.submit((Runnable) application).get();
        pool.submit((Runnable) application).get();
        ((AutoCloseable) application).close();
        return new WeakReference<>(loader);
    }

    /** As a container does, with the application's loader for the thread's, but not for those of the pool. */
    private static Object start(ClassLoader loader) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return loader.loadClass(Application.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What is deployed. */
    public static final class Application implements Runnable, AutoCloseable {

        private final Databases databases = Databases.of(DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(":memory:")
                .build());

        /** Made by reflection. */
        public Application() {}

        @Override
        public void run() {
            if (databases.query("SELECT 1").size() != 1) {
                throw new AssertionError("no row");
            }
        }

        @Override
        public void close() {
            databases.close();
        }
    }

    /** Has classes of its own for everything of ours, and drivers and logging from the container. */
    private static final class ApplicationLoader extends ClassLoader {

        ApplicationLoader() {
            super(ClassLoaderReleasedTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.mooring.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = stream.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
