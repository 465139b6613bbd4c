package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.AtomicOptions;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.engines.OnMariadb;
import dev.mooring.error.TransactionConflictException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.kit.contracts.TransactionContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MariadbTransactionTest extends TransactionContract implements OnMariadb {

    @Override
    protected DatabaseSettingsBuilder settings() {
        return super.settings().option("isolation_level", "repeatable read");
    }

    @Test
    @DisplayName("Blocks that lose to a deadlock are run again, and cost no connection")
    void getsOutOfDeadlocks() throws Exception {
        insert(1);
        insert(2);
        for (int i = 0; i < 10; i++) {
            deadlock();
        }

        assertThat(databases
                        .query("SELECT sum(price) AS total FROM item")
                        .get(0)
                        .getInt("total"))
                .isEqualTo(40);
        assertThat(databases.using("default").counts().opened()).isLessThanOrEqualTo(2);
    }

    @Test
    @DisplayName("Nothing runs in a block whose transaction a deadlock has ended, and nothing of it is committed")
    void runsNothingAfterADeadlock() throws Exception {
        insert(1);
        insert(2);
        CyclicBarrier both = new CyclicBarrier(2);
        List<Throwable> lost = new CopyOnWriteArrayList<>();
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        Runnable swallowing = () -> {
            int own = Thread.currentThread().getName().equals("other") ? 2 : 1;
            try {
                databases.<Exception>atomic(() -> {
                    databases.onCommit(() -> refused.clear());
                    databases.execute("UPDATE item SET price = 1 WHERE id = %s", own);
                    both.await();
                    try {
                        databases.atomic(() -> databases.execute("UPDATE item SET price = 2 WHERE id = %s", 3 - own));
                    } catch (TransactionConflictException e) {
                        lost.add(e);
                        swallow(() -> databases.execute("INSERT INTO item VALUES (9, 9)"));
                    }
                });
            } catch (Exception e) {
                refused.add(e);
            }
        };
        Thread other = new Thread(swallowing, "other");
        other.start();
        swallowing.run();
        other.join();

        assertThat(lost).hasSize(1);
        assertThat(items()).containsExactly(1, 2);
        assertThat(databases
                        .query("SELECT count(*) AS n FROM item WHERE price = 2")
                        .get(0)
                        .getInt("n"))
                .isOne();
        assertThat(databases.using("default").counts().opened()).isLessThanOrEqualTo(2);
    }

    @Test
    @DisplayName("A change of the schema is refused in a block before it commits, and the block is rolled back")
    void refusesImplicitCommits() {
        for (String sql : List.of("CREATE TABLE gone (a integer)", "TRUNCATE item", "LOCK TABLES item WRITE")) {
            assertThatExceptionOfType(TransactionManagementException.class)
                    .as(sql)
                    .isThrownBy(() -> databases.atomic(() -> {
                        insert(1);
                        databases.execute(sql);
                    }))
                    .withMessageContaining("the database commits the transaction before it runs this");
            assertThat(items()).isEmpty();
        }
        databases.atomic(() -> {
            insert(1);
            swallow(() -> databases.execute("DROP TABLE item"));
        });
        assertThat(items()).isEmpty();
        databases.execute("CREATE OR REPLACE TABLE allowed (a integer)");
        databases.execute("DROP TABLE allowed");
    }

    @Test
    @DisplayName("A commit hidden in a procedure is noticed at once")
    void noticesAHiddenCommit() {
        databases.execute("CREATE OR REPLACE PROCEDURE hidden() BEGIN INSERT INTO item VALUES (5, 0); COMMIT; END");
        List<String> hooks = new ArrayList<>();

        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases.atomic(() -> {
                    databases.onCommit(() -> hooks.add("hook"));
                    databases.execute("CALL hidden()");
                    insert(6);
                }))
                .withMessageContaining("ended by something other than the layer");

        assertThat(items()).containsExactly(5);
        assertThat(hooks).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("A block ends its transaction and nothing else, whatever completion_type makes of a bare COMMIT")
    void endsTransactionsWhateverTheSessionSays(int completionType) {
        try (UnitOfWork unit = databases.unitOfWork()) {
            assertThat(unit).isNotNull();
            databases.get().pin();
            databases.execute("SET completion_type = " + completionType);
            databases.atomic(() -> insert(1));
            insert(2);
            databases.atomic(() -> {
                insert(3);
                databases.get().transaction().setRollback(true);
            });
            insert(4);
        }

        assertThat(items()).containsExactly(1, 2, 4);
        assertThat(databases.using("default").counts().opened()).isOne();
    }

    private void deadlock() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread other = new Thread(() -> {
            try {
                raise(2, 1, both);
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        other.start();
        raise(1, 2, both);
        other.join();
        assertThat(failure.get()).isNull();
    }

    private void raise(int first, int second, CyclicBarrier both) throws Exception {
        int[] tries = {0};
        databases.atomic(AtomicOptions.defaults().retrying(5), () -> {
            databases.execute("UPDATE item SET price = price + 1 WHERE id = %s", first);
            if (tries[0]++ == 0) {
                both.await();
            }
            databases.execute("UPDATE item SET price = price + 1 WHERE id = %s", second);
        });
    }
}
