package dev.mooring.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.LeaseTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread that has a connection before it writes, beside writers that wait for the write lock first and for a connection then. */
@Tag("threads")
@Tag("wrong-answers")
@Timeout(60)
class SqliteWritersWithConnectionsTest {

    private static final int THREADS = 6;
    private static final int ROUNDS = 40;
    private static final String UPDATE = "UPDATE counter SET n = n + 1";

    @TempDir
    private Path folder;

    private Databases databases;

    @BeforeEach
    void open() {
        databases = Databases.of(settings(1));
        databases.execute("CREATE TABLE counter (n integer NOT NULL)");
        databases.execute("INSERT INTO counter VALUES (0)");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    /** The ways to have a connection while one is about to write outside a transaction. */
    private enum Way {
        PREPARED_STATEMENT {
            @Override
            void write(Databases databases, ThrowingCallable meanwhile) throws Throwable {
                try (Connection connection = databases.dataSource().getConnection();
                        PreparedStatement statement = connection.prepareStatement(UPDATE)) {
                    meanwhile.call();
                    statement.executeUpdate();
                }
            }
        },
        HOLD {
            @Override
            void write(Databases databases, ThrowingCallable meanwhile) throws Throwable {
                try (Lease lease = databases.get().hold()) {
                    meanwhile.call();
                    databases.execute(UPDATE);
                }
            }
        },
        OPEN_CURSOR {
            @Override
            void write(Databases databases, ThrowingCallable meanwhile) throws Throwable {
                try (Cursor cursor = databases.get().cursor()) {
                    cursor.fetchSize(1);
                    cursor.execute("SELECT 1 UNION SELECT 2");
                    meanwhile.call();
                    databases.execute(UPDATE);
                }
            }
        },
        TRANSACTION_IN_A_HOLD {
            @Override
            void write(Databases databases, ThrowingCallable meanwhile) throws Throwable {
                try (Lease lease = databases.get().hold()) {
                    meanwhile.call();
                    databases.atomic(() -> databases.execute(UPDATE));
                }
            }
        },
        UNIT_OF_WORK {
            @Override
            void write(Databases databases, ThrowingCallable meanwhile) throws Throwable {
                try (UnitOfWork unit = databases.unitOfWork();
                        Lease lease = databases.get().hold()) {
                    databases.query("SELECT n FROM counter");
                    meanwhile.call();
                    databases.execute(UPDATE);
                }
            }
        };

        abstract void write(Databases databases, ThrowingCallable meanwhile) throws Throwable;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName(
            "It writes although another thread has the write lock and waits for its connection, and that one writes after it")
    void writesBeforeTheOneThatWaitsForItsConnection(Way way) throws Throwable {
        List<Thread> other = new ArrayList<>();

        way.write(databases, () -> {
            Thread writer = new Thread(() -> databases.execute(UPDATE), "writer");
            other.add(writer);
            writer.start();
            awaitWaiter();
        });
        other.get(0).join();

        assertThat(count()).isEqualTo(2);
    }

    /** Who waits for a connection has the write lock already. */
    private void awaitWaiter() {
        while (databases.using("default").counts().waiting() == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("Threads that write in all of these ways at once, with fewer connections than threads, all succeed")
    void allWaysAtOnce() throws Exception {
        try (Databases shared = Databases.of(settings(2))) {
            ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(new Thread(() -> {
                    try {
                        for (int round = 0; round < ROUNDS; round++) {
                            for (Way way : Way.values()) {
                                way.write(shared, () -> {});
                            }
                            shared.atomic(() -> shared.execute(UPDATE));
                        }
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(failures).isEmpty();
            assertThat(count()).isEqualTo((long) THREADS * ROUNDS * (Way.values().length + 1));
        }
    }

    @Test
    @DisplayName("A writer that waited in vain for a connection writes the next time")
    void writesAfterAWaitInVain() throws Exception {
        try (Databases impatient = Databases.of(
                settings(1).toBuilder().acquireTimeout(Duration.ofMillis(50)).build())) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            CountDownLatch released = new CountDownLatch(1);
            Thread writer = new Thread(() -> {
                failure.complete(catchThrowable(() -> impatient.execute(UPDATE)));
                await(released);
                impatient.execute(UPDATE);
            });
            try (Lease lease = impatient.get().hold()) {
                writer.start();
                assertThat(failure.get()).isInstanceOf(LeaseTimeoutException.class);
            }
            released.countDown();
            writer.join();

            assertThat(count()).isEqualTo(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long count() {
        return ((Number) databases.query("SELECT n FROM counter").get(0).get(0)).longValue();
    }

    private DatabaseSettings settings(int connections) {
        return DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(folder.resolve("counter.sqlite3").toString())
                .option("synchronous", "OFF")
                .maxConnections(connections)
                .build();
    }
}
