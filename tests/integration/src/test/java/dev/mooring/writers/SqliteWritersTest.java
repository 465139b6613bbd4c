package dev.mooring.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.OperationalException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SQLite takes one writer at a time: ours queue in Java, those of other processes are waited for in Java. */
@Tag("threads")
class SqliteWritersTest {

    private static final int THREADS = 16;
    private static final int TRANSACTIONS = 20;

    @TempDir
    private Path folder;

    private Databases databases;

    @BeforeEach
    void open() {
        databases = Databases.of(settings("timeout", "5"));
        databases.execute("CREATE TABLE entry (id integer PRIMARY KEY, thread integer)");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void allGetTheirTurnsAndNoneSeesALockedDatabase(String kind) throws Exception {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger inside = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            threads.add(factory(kind).newThread(() -> {
                try {
                    for (int n = 0; n < TRANSACTIONS; n++) {
                        databases.atomic(() -> {
                            assertThat(inside.incrementAndGet()).isEqualTo(1);
                            databases.execute("INSERT INTO entry (thread) VALUES (%s)", number);
                            LockSupport.parkNanos(100_000);
                            inside.decrementAndGet();
                        });
                    }
                } catch (RuntimeException | Error e) {
                    failures.add(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(databases.query("SELECT count(*) AS n FROM entry").get(0).getLong("n"))
                .isEqualTo(THREADS * TRANSACTIONS);
        assertThat(databases.using("default").counts().leased()).isZero();
    }

    @Test
    void readersDoNotWaitForAWriter() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        Thread writer = new Thread(() -> databases.<RuntimeException>atomic(() -> {
            databases.execute("INSERT INTO entry (thread) VALUES (1)");
            writing.countDown();
            awaitQuietly(read);
        }));
        writer.start();
        writing.await();

        assertThat(databases.query("SELECT count(*) AS n FROM entry").get(0).getLong("n"))
                .isZero();

        read.countDown();
        writer.join();
    }

    static Stream<Consumer<DatabaseWrapper>> writing() {
        return Stream.of(
                wrapper -> wrapper.execute("INSERT INTO entry (thread) VALUES (1)"),
                wrapper -> wrapper.cursor().execute("INSERT INTO entry (thread) VALUES (1)"));
    }

    @ParameterizedTest
    @MethodSource("writing")
    void anotherProcessIsWaitedFor(Consumer<DatabaseWrapper> writing) throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            Thread writer = new Thread(() -> writing.accept(databases.get()));
            writer.start();
            while (writer.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
                assertThat(writer.isAlive()).isTrue();
            }

            statement.execute("COMMIT");
            writer.join();
        }

        assertThat(databases.query("SELECT count(*) AS n FROM entry").get(0).getLong("n"))
                .isEqualTo(1);
    }

    @Test
    void anotherProcessIsWaitedForWhileAConnectionOpens() throws Exception {
        Path file = folder.resolve("other.db");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement();
                Databases late = Databases.of(DatabaseSettings.builder("default")
                        .engine("sqlite3")
                        .name(file.toString())
                        .option("journal_mode", "wal")
                        .build())) {
            statement.execute("CREATE TABLE t (a)");
            statement.execute("BEGIN EXCLUSIVE");
            List<Row> read = new ArrayList<>();
            Thread reader = new Thread(() -> read.addAll(late.query("PRAGMA journal_mode")));
            reader.start();
            while (reader.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
                assertThat(reader.isAlive()).isTrue();
            }

            statement.execute("COMMIT");
            reader.join();
            assertThat(read).extracting(row -> row.get(0)).containsExactly("wal");
        }
    }

    @Test
    void anotherProcessIsNotWaitedForForEver() throws Exception {
        try (Databases impatient = Databases.of(settings("timeout", "0"));
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> impatient.execute("INSERT INTO entry (thread) VALUES (1)"))
                    .withMessageContaining("locked");
            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> impatient.atomic(() -> impatient.execute("DELETE FROM entry")))
                    .withMessageContaining("locked");

            assertThat(impatient.using("default").counts().leased()).isZero();
        }
    }

    private DatabaseSettings settings(String option, String value) {
        return DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(folder.resolve("shop.db").toString())
                .option(option, value)
                .build();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ThreadFactory factory(String kind) throws ReflectiveOperationException {
        if (kind.equals("platform")) {
            return Thread::new;
        }
        if (Runtime.version().feature() < 21) {
            String message = "NOT RUN: SqliteWritersTest on virtual threads: they need JDK 21 or later";
            System.err.println(message);
            Assumptions.abort(message);
        }
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Method factory = Class.forName("java.lang.Thread$Builder").getMethod("factory");
        return (ThreadFactory) factory.invoke(builder);
    }
}
