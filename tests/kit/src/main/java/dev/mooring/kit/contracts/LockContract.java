package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.OperationalException;
import dev.mooring.error.TransactionConflictException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Transactions that wait for each other's locks. */
public abstract class LockContract extends Contract {

    /** Much longer than a database takes to find a deadlock. */
    private static final int PATIENCE_SECONDS = 30;

    /** For subclasses. */
    protected LockContract() {}

    @BeforeEach
    final void createItem() {
        databases.execute("DROP TABLE IF EXISTS item");
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY, price integer)");
        databases.execute("INSERT INTO item VALUES (1, 0), (2, 0), (3, 0)");
    }

    @Test
    @DisplayName(
            "LCK-01 Of two blocks that wait for each other one fails as a conflict, though it swallows the error, and leaves"
                    + " nothing; where there is one writer at a time both are committed")
    void endsADeadlock() throws Exception {
        boolean oneWriter =
                databases.using("default").backend().connector().writeLockKey().isPresent();
        CountDownLatch bothHaveALock = new CountDownLatch(oneWriter ? 0 : 2);
        FutureTask<Outcome> other = new FutureTask<>(() -> inBothRows(2, 1, bothHaveALock));
        Thread thread = new Thread(other, "kit-deadlock");
        thread.start();
        Outcome mine = inBothRows(1, 2, bothHaveALock);
        Outcome theirs = other.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        thread.join();

        List<Outcome> failed = new ArrayList<>(List.of(mine, theirs));
        failed.removeIf(outcome -> outcome.failure() == null);
        assertThat(failed).hasSize(oneWriter ? 0 : 1).allSatisfy(outcome -> {
            assertThat(outcome.failure()).isInstanceOf(TransactionConflictException.class);
            assertThat(outcome.ofBlock()).isInstanceOf(DatabaseException.class);
        });
        assertThat(prices()).isEqualTo(oneWriter ? List.of(2, 2, 0) : List.of(1, 1, 0));
        assertThat(databases.using("default").counts().opened())
                .as("connections opened")
                .isLessThanOrEqualTo(2);
    }

    /**
     * What became of a block that changes two rows.
     *
     * @param failure the error of the second change, which the block swallows; null if it worked
     * @param ofBlock that of the block
     */
    private record Outcome(
            @Nullable Throwable failure, @Nullable Throwable ofBlock) {}

    private Outcome inBothRows(int first, int second, CountDownLatch bothHaveALock) {
        List<Throwable> failures = new ArrayList<>();
        Throwable ofBlock = catchThrowable(() -> databases.atomic(() -> {
            raise(first);
            bothHaveALock.countDown();
            assertThat(bothHaveALock.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            Throwable failure = catchThrowable(() -> raise(second));
            if (failure != null) {
                failures.add(failure);
                Throwable unused = catchThrowable(() -> raise(3));
            }
        }));
        return new Outcome(failures.isEmpty() ? null : failures.get(0), ofBlock);
    }

    @Test
    @DisplayName(
            "LCK-02 A statement that waits too long for another transaction ends with an OperationalException, costs no"
                    + " connection, and works once that is over")
    void endsAWait() throws SQLException {
        DatabaseSettingsBuilder impatient =
                databases.using("default").settings().toBuilder().statementTimeout(Duration.ofMillis(500));
        try (Databases waiting = open(impatient.build());
                Connection other = backend().plain(impatient.build());
                Statement statement = other.createStatement()) {
            assertThat(waiting.query("SELECT id FROM item")).hasSize(3);
            long opened = waiting.using("default").counts().opened();
            other.setAutoCommit(false);
            statement.execute("UPDATE item SET price = 9 WHERE id = 1");

            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> waiting.atomic(() -> {
                        waiting.execute("UPDATE item SET price = 5 WHERE id = 1");
                    }));
            other.rollback();

            waiting.atomic(() -> waiting.execute("UPDATE item SET price = 7 WHERE id = 1"));
            assertThat(prices()).containsExactly(7, 0, 0);
            assertThat(waiting.using("default").counts().opened()).isEqualTo(opened);
        }
    }

    private void raise(int id) {
        databases.execute("UPDATE item SET price = price + 1 WHERE id = %s", id);
    }

    private List<Integer> prices() {
        return databases.query(Integer.class, "SELECT price FROM item ORDER BY id");
    }
}
