package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.AtomicBlock;
import dev.mooring.AtomicOptions;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.UnitOfWork;
import dev.mooring.config.IsolationLevel;
import dev.mooring.error.CommitOutcome;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.TransactionManagementException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The page docs/transactions.md")
class TransactionsPageTest {

    private static final class OutOfStockException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    @DisplayName("has snippets that do what it says")
    void works(OnBothDatabases engine) {
        try (Databases databases = engine.open(directory)) {
            databases.execute("CREATE TABLE item (id integer PRIMARY KEY, stock integer)");
            databases.execute("CREATE TABLE sale (id integer PRIMARY KEY, item integer)");
            databases.execute("INSERT INTO item VALUES (1, 1)");
            List<Integer> mails = new ArrayList<>();

            sell(databases, 1, mails);
            assertThat(mails).containsExactly(1);
            assertThatExceptionOfType(OutOfStockException.class).isThrownBy(() -> sell(databases, 1, mails));
            assertThat(databases.query("SELECT stock FROM item").one().getInt("stock"))
                    .isZero();

            int left = databases.atomic(() -> {
                databases.execute("UPDATE item SET stock = stock + %s WHERE id = %s", 5, 1);
                return databases
                        .query(Integer.class, "SELECT stock FROM item WHERE id = %s", 1)
                        .one();
            });
            assertThat(left).isEqualTo(5);

            databases.atomic(() -> {
                databases.execute("INSERT INTO sale VALUES (%s, %s)", 7, 1);
                try {
                    databases.atomic(() -> databases.execute("INSERT INTO sale VALUES (%s, %s)", 7, 1));
                } catch (IntegrityException alreadySold) {
                    databases.execute("UPDATE item SET stock = stock - %s WHERE id = %s", 1, 1);
                }
            });
            assertThat(databases.query("SELECT stock FROM item").one().getInt("stock"))
                    .isEqualTo(4);

            try (AtomicBlock block = databases.get().beginAtomic()) {
                databases.execute("DELETE FROM sale");
                block.commit();
            }
            assertThat(databases.query("SELECT * FROM sale")).isEmpty();

            AtomicOptions strict = AtomicOptions.defaults()
                    .isolation(IsolationLevel.SERIALIZABLE)
                    .retrying(3);
            databases.atomic(strict, () -> databases.execute("UPDATE item SET stock = stock + 1"));

            assertThat(outcome(databases)).isEqualTo("committed");

            AtomicOptions reading = AtomicOptions.defaults().readOnly();
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> databases.atomic(reading, () -> databases.execute("DELETE FROM item")));

            AtomicOptions durable = AtomicOptions.defaults().durable();
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> databases.atomic(() -> databases.atomic(durable, () -> {})));

            try (UnitOfWork unit = databases.unitOfWork()) {
                databases.execute("UPDATE item SET stock = %s", 3);
            }
            Runnable job = databases.inUnitOfWork(() -> databases.execute("UPDATE item SET stock = %s", 2));
            job.run();

            try (Lease lease = databases.get().hold()) {
                databases.query("SELECT 1");
                databases.query("SELECT 2");
            }
        }
    }

    private static String outcome(Databases databases) {
        try {
            databases.atomic(AtomicOptions.defaults().resolvable(), () -> databases.execute("DELETE FROM sale"));
        } catch (CommitOutcomeUnknownException e) {
            CommitOutcome outcome = databases.outcome(e);
            return outcome.name();
        }
        return "committed";
    }

    private static void sell(Databases databases, int item, List<Integer> mails) {
        databases.atomic(() -> {
            int changed = databases.execute("UPDATE item SET stock = stock - 1 WHERE id = %s AND stock > 0", item);
            if (changed == 0) {
                throw new OutOfStockException();
            }
            databases.onCommit(() -> mails.add(item));
        });
    }
}
