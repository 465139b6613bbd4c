package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Maps;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes a session in every way that the database and its driver have, by every way in, and looks what the next user of
 * the connection finds. There is one connection, so the next user has the same or a new one.
 */
@Tag("wrong-answers")
@Tag("full")
abstract class SessionIsolationContract {

    @TempDir
    Path directory;

    private Databases databases;

    /** {@return the settings of a database with a table {@code item}, without those that the test sets} */
    abstract DatabaseSettings settings(Path directory);

    /** {@return statements that change the session, each of which may take several} */
    abstract List<List<String>> changes();

    /** {@return the class of the driver's connections} */
    abstract Class<? extends Connection> driverType();

    /** {@return all that a session remembers, by name, as a new user of {@code connection} finds it} */
    abstract Map<String, Object> look(Databases databases) throws SQLException;

    @AfterEach
    void close() {
        databases.close();
    }

    @TestFactory
    @DisplayName("What one user's SQL changes in the session, the next user does not find")
    Stream<DynamicTest> statements() throws Exception {
        Map<String, Object> before = start(LeaseScope.OPERATION);
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> change : changes()) {
            for (Entry entry : List.of(Entry.EXECUTE, Entry.VIEW, Entry.LEASED, Entry.UNWRAPPED_VIEW)) {
                tests.add(test(entry + ": " + change, before, () -> entry.run(databases, driverType(), change)));
            }
        }
        return sample(tests);
    }

    @TestFactory
    @DisplayName("What one user sets on a connection object, the next user does not find")
    Stream<DynamicTest> setters() throws Exception {
        Map<String, Object> before = start(LeaseScope.OPERATION);
        List<DynamicTest> tests = new ArrayList<>();
        for (Method setter : Setters.of(driverType())) {
            for (Object[] arguments : Setters.arguments(setter)) {
                for (Entry entry : Entry.of(setter)) {
                    tests.add(test(
                            entry + ": " + setter.getName() + Arrays.toString(arguments),
                            before,
                            () -> entry.call(databases, driverType(), setter, arguments)));
                }
            }
        }
        return sample(tests);
    }

    @TestFactory
    @DisplayName(
            "What changes in one unit of work is not found in the next, under every lease scope that gives connections back")
    Stream<DynamicTest> scopes() throws Exception {
        Map<String, Object> before = start(LeaseScope.REQUEST);
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> change : changes()) {
            tests.add(test("unit: " + change, before, () -> {
                try (UnitOfWork unit = databases.unitOfWork()) {
                    assertThat(unit).isNotNull();
                    Entry.EXECUTE.run(databases, driverType(), change);
                    Entry.LEASED.run(databases, driverType(), change);
                }
            }));
            tests.add(test("pinned unit: " + change, before, () -> {
                try (UnitOfWork unit = databases.unitOfWork()) {
                    assertThat(unit).isNotNull();
                    databases.get().pin();
                    Entry.LEASED.run(databases, driverType(), change);
                }
            }));
        }
        return sample(tests);
    }

    @TestFactory
    @DisplayName("What a thread left on the connection that it kept, another thread does not find")
    Stream<DynamicTest> threads() throws Exception {
        Map<String, Object> before = start(LeaseScope.THREAD);
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> change : changes()) {
            tests.add(test(
                    "thread: " + change,
                    before,
                    () -> onAnotherThread(() -> Entry.EXECUTE.run(databases, driverType(), change))));
        }
        return sample(tests);
    }

    /** Usually one in five, with {@code -Dmooring.full} all. */
    private static Stream<DynamicTest> sample(List<DynamicTest> tests) {
        int step = Boolean.getBoolean("mooring.full") ? 1 : 5;
        return IntStream.range(0, tests.size()).filter(i -> i % step == 0).mapToObj(tests::get);
    }

    private Map<String, Object> start(LeaseScope scope) throws Exception {
        databases = Databases.of(settings(directory).toBuilder()
                .leaseScope(scope)
                .maxConnections(1)
                .build());
        return seen();
    }

    private DynamicTest test(String name, Map<String, Object> before, Change change) {
        return DynamicTest.dynamicTest(name, () -> {
            change.run();
            assertThat(Maps.difference(before, seen()).entriesDiffering())
                    .as("what the next user finds otherwise")
                    .isEmpty();
        });
    }

    /** On another thread, for under {@code THREAD} a thread finds what it left itself. */
    private Map<String, Object> seen() throws Exception {
        FutureTask<Map<String, Object>> look = new FutureTask<>(() -> {
            try (UnitOfWork unit = databases.unitOfWork()) {
                assertThat(unit).isNotNull();
                return look(databases);
            } finally {
                databases.closeAll();
            }
        });
        Thread thread = new Thread(look);
        thread.start();
        thread.join();
        return look.get();
    }

    private static void onAnotherThread(Change change) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            change.run();
            return true;
        });
        Thread thread = new Thread(task);
        thread.start();
        thread.join();
        assertThat(task.get()).isTrue();
    }

    /** Changes the session, and may fail: what is refused changes nothing. */
    interface Change {
        void run() throws Exception;
    }

    /** How somebody comes to the session. */
    enum Entry {
        EXECUTE {
            @Override
            void use(Databases databases, Class<? extends Connection> driver, Use use) {}

            @Override
            void run(Databases databases, Class<? extends Connection> driver, List<String> change) {
                try (UnitOfWork unit = databases.unitOfWork()) {
                    assertThat(unit).isNotNull();
                    change.forEach(sql -> swallow(() -> databases.execute(sql.replace("%", "%%"))));
                }
            }
        },
        VIEW {
            @Override
            void use(Databases databases, Class<? extends Connection> driver, Use use) throws SQLException {
                try (Connection connection = databases.dataSource().getConnection()) {
                    swallow(() -> use.with(connection));
                }
            }
        },
        LEASED {
            @Override
            void use(Databases databases, Class<? extends Connection> driver, Use use) {
                try (Lease lease = databases.get().hold()) {
                    assertThat(lease).isNotNull();
                    swallow(() -> use.with(databases.get().connection()));
                }
                endManual(databases);
            }
        },
        LEASED_AND_PINNED {
            @Override
            void use(Databases databases, Class<? extends Connection> driver, Use use) {
                try (UnitOfWork unit = databases.unitOfWork()) {
                    assertThat(unit).isNotNull();
                    databases.get().pin();
                    swallow(() -> use.with(databases.get().connection()));
                    endManual(databases);
                }
            }
        },
        UNWRAPPED_VIEW {
            @Override
            void use(Databases databases, Class<? extends Connection> driver, Use use) throws SQLException {
                try (Connection connection = databases.dataSource().getConnection()) {
                    Connection unwrapped = connection.unwrap(driver);
                    swallow(() -> use.with(unwrapped));
                }
            }
        },
        UNWRAPPED_LEASED {
            @Override
            void use(Databases databases, Class<? extends Connection> driver, Use use) throws SQLException {
                try (Lease lease = databases.get().hold()) {
                    assertThat(lease).isNotNull();
                    Connection unwrapped = databases.get().connection().unwrap(driver);
                    swallow(() -> use.with(unwrapped));
                }
            }
        };

        /** {@return the ways to objects that have the method} */
        static List<Entry> of(Method method) {
            return method.getDeclaringClass().isAssignableFrom(Connection.class)
                    ? List.of(VIEW, LEASED, LEASED_AND_PINNED, UNWRAPPED_VIEW)
                    : List.of(UNWRAPPED_VIEW, UNWRAPPED_LEASED);
        }

        abstract void use(Databases databases, Class<? extends Connection> driver, Use use) throws SQLException;

        void run(Databases databases, Class<? extends Connection> driver, List<String> change) throws SQLException {
            use(databases, driver, connection -> {
                for (String sql : change) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                }
            });
        }

        void call(Databases databases, Class<? extends Connection> driver, Method method, Object[] arguments)
                throws SQLException {
            use(databases, driver, connection -> {
                method.invoke(connection, arguments);
            });
        }

        private static void endManual(Databases databases) {
            if (!databases.get().transaction().getAutocommit()) {
                databases.get().transaction().rollback();
                databases.get().transaction().setAutocommit(true);
            }
        }

        static void swallow(Change change) {
            try {
                change.run();
            } catch (Exception | AssertionError e) {
                assertThat(e).isNotInstanceOf(ExecutionException.class);
            }
        }

        interface Use {
            void with(Connection connection) throws Exception;
        }
    }
}
