package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.engines.OnSqlite;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.kit.contracts.TransactionContract;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class SqliteTransactionTest extends TransactionContract implements OnSqlite {

    /** In WAL mode a deferred transaction that has read and then writes conflicts with others. */
    @Override
    protected DatabaseSettingsBuilder settings() {
        return super.settings().option("transaction_mode", "DEFERRED").acquireTimeout(Duration.ofMillis(100));
    }

    @Test
    void takesItsTurnToWriteForATransactionByHand() {
        databases.get().transaction().setAutocommit(false);
        assertThat(items()).isEmpty();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> CompletableFuture.runAsync(() -> insert(1)).join())
                .withCauseInstanceOf(LeaseTimeoutException.class)
                .withMessageContaining(Thread.currentThread().getName());

        databases.get().transaction().commit();
        CompletableFuture.runAsync(() -> insert(2)).join();
        databases.get().transaction().setAutocommit(true);
        assertThat(items()).containsExactly(2);
    }

    @Test
    void keepsItsTurnToWriteUntilTheRowsOfAnInsertAreClosed() throws SQLException {
        try (Connection one = databases.dataSource().getConnection();
                Connection two = databases.dataSource().getConnection();
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
        databases.get().transaction().setAutocommit(false);
        insert(1);
        swallow(() -> insert(1));
        databases.get().transaction().commit();
        databases.get().transaction().setAutocommit(true);

        assertThat(items()).containsExactly(1);
    }
}
