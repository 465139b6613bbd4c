package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.AtomicOptions;
import dev.mooring.engines.OnPostgres;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.kit.contracts.TransactionContract;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PostgresTransactionTest extends TransactionContract implements OnPostgres {

    @Test
    void doesNotCommitByHandWhatTheServerHasGivenUp() {
        databases.get().transaction().setAutocommit(false);
        insert(1);
        swallow(() -> insert(1));

        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(databases.get().transaction()::commit)
                .withMessageContaining("its error was swallowed");

        databases.get().transaction().setAutocommit(true);
        assertThat(items()).isEmpty();
    }

    @Test
    void getsOutOfADeadlock() throws Exception {
        insert(1);
        insert(2);
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
        assertThat(databases
                        .query("SELECT sum(price) AS total FROM item")
                        .get(0)
                        .getInt("total"))
                .isEqualTo(4);
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
