package dev.mooring.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Batches on a file that another program is writing to: a bare connection of the driver's stands for that. */
@Tag("wrong-answers")
@Timeout(60)
class SqliteBatchesWaitTest {

    @TempDir
    Path directory;

    private Databases databases;
    private Connection other;

    @BeforeEach
    void open() throws SQLException {
        Path file = directory.resolve("shared.sqlite3");
        databases = Databases.of(DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(file.toString())
                .option("synchronous", "OFF")
                .build());
        databases.execute("CREATE TABLE t (a integer PRIMARY KEY)");
        other = DriverManager.getConnection("jdbc:sqlite:" + file);
        run("BEGIN IMMEDIATE");
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
        databases.close();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs {@code batch} while the other program has the lock, for a quarter of a second longer than the driver waits. */
    private void whileLocked(Batch batch) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
            begun.countDown();
            try {
                batch.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> done.get(250, TimeUnit.MILLISECONDS));
        run("COMMIT");
        done.get();
    }

    @Test
    @DisplayName("executeMany waits for another program's lock")
    void executeManyWaits() throws Exception {
        whileLocked(() -> {
            try (Cursor cursor = databases.get().cursor()) {
                cursor.executeMany("INSERT INTO t VALUES (%s)", List.of(List.of(1), List.of(2)));
                assertThat(cursor.rowCount()).isEqualTo(2);
            }
        });
        assertThat(databases.query("SELECT a FROM t")).hasSize(2);
    }

    @Test
    @DisplayName("executeMany of one list waits for another program's lock")
    void executeManyOfOneWaits() throws Exception {
        whileLocked(() -> {
            try (Cursor cursor = databases.get().cursor()) {
                cursor.executeMany("INSERT INTO t VALUES (%s)", List.of(List.of(1)));
            }
        });
        assertThat(databases.query("SELECT a FROM t")).hasSize(1);
    }

    @Test
    @DisplayName("The batch of a PreparedStatement of the DataSource waits for another program's lock")
    void preparedBatchWaits() throws Exception {
        whileLocked(() -> {
            try (Connection connection = databases.dataSource().getConnection();
                    PreparedStatement statement = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
                for (int i = 0; i < 3; i++) {
                    statement.setInt(1, i);
                    statement.addBatch();
                }
                assertThat(statement.executeBatch()).containsExactly(1, 1, 1);
            }
        });
        assertThat(databases.query("SELECT a FROM t")).hasSize(3);
    }

    @Test
    @DisplayName("The batch of a Statement of the DataSource waits for another program's lock")
    void batchOfTextsWaits() throws Exception {
        whileLocked(() -> {
            try (Connection connection = databases.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.addBatch("INSERT INTO t VALUES (1)");
                statement.addBatch("INSERT INTO t VALUES (2)");
                assertThat(statement.executeBatch()).containsExactly(1, 1);
                assertThat(connection.getAutoCommit()).isTrue();
            }
        });
        assertThat(databases.query("SELECT a FROM t")).hasSize(2);
    }

    @Test
    @DisplayName(
            "A JDBC batch that fails in autocommit leaves what the driver alone would leave: the rows before the failure")
    void leavesWhatTheDriverLeaves() throws Exception {
        run("COMMIT");
        try (Connection connection = databases.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
            for (int id : new int[] {1, 1, 2}) {
                statement.setInt(1, id);
                statement.addBatch();
            }
            assertThatExceptionOfType(SQLException.class).isThrownBy(statement::executeBatch);
        }
        assertThat(databases.query("SELECT a FROM t")).hasSize(1);
    }

    private interface Batch {
        void run() throws Exception;
    }
}
