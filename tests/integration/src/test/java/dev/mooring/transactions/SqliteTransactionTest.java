package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.LeaseTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTransactionTest extends TransactionContract {

    @TempDir
    private Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.sqlite(directory)
                .option("transaction_mode", "DEFERRED")
                .acquireTimeout(Duration.ofMillis(100));
    }

    @Override
    Connection plain() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:sqlite:" + TestDatabases.sqlite(directory).build().name());
    }

    /** In WAL mode one that has read and then writes always is. */
    @Override
    void becomeSensitive(Databases databases) {}

    @Test
    void takesItsTurnToWriteForATransactionByHand() {
        databases().get().transaction().setAutocommit(false);
        assertThat(items()).isEmpty();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> CompletableFuture.runAsync(() -> insert(1)).join())
                .withCauseInstanceOf(LeaseTimeoutException.class)
                .withMessageContaining(Thread.currentThread().getName());

        databases().get().transaction().commit();
        CompletableFuture.runAsync(() -> insert(2)).join();
        databases().get().transaction().setAutocommit(true);
        assertThat(items()).containsExactly(2);
    }

    @Test
    void keepsItsTurnToWriteUntilTheRowsOfAnInsertAreClosed() throws SQLException {
        try (Connection one = databases().dataSource().getConnection();
                Connection two = databases().dataSource().getConnection();
                PreparedStatement inserting = two.prepareStatement("INSERT INTO item VALUES (2, 0)")) {
            ResultSet rows = one.prepareStatement("INSERT INTO item VALUES (1, 0) RETURNING id")
                    .executeQuery();
            assertThat(rows.next()).isTrue();
            assertThatThrownBy(inserting::execute).hasCauseInstanceOf(LeaseTimeoutException.class);
            rows.close();
            inserting.execute();
        }

        assertThat(items()).containsExactly(1, 2);
    }

    @Test
    void goesOnAfterAFailedStatement() {
        databases().get().transaction().setAutocommit(false);
        insert(1);
        swallow(() -> insert(1));
        databases().get().transaction().commit();
        databases().get().transaction().setAutocommit(true);

        assertThat(items()).containsExactly(1);
    }
}
