package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class JdbiTest extends LibraryTest {

    private Jdbi jdbi;

    @Override
    void start() {
        jdbi = Jdbi.create(databases.dataSource());
    }

    @Override
    void insert(int id) {
        jdbi.useHandle(handle -> insert(handle, id));
    }

    @Override
    List<Integer> ids() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM item ORDER BY id")
                .mapTo(Integer.class)
                .list());
    }

    @Override
    void insertInTransaction(int id) {
        jdbi.useTransaction(handle -> insert(handle, id));
    }

    @Test
    void undoesItsOwnTransactions() {
        assertThatThrownBy(() -> jdbi.useTransaction(handle -> {
                    insert(handle, 1);
                    throw new IllegalStateException("away with it");
                }))
                .hasMessage("away with it");

        assertThat(oursIds()).isEmpty();
    }

    @Test
    void runsItsTransactionsInAtomic() {
        databases.atomic(() -> {
            insertInTransaction(1);
            assertThat(oursIds()).containsExactly(1);
        });
        assertThatThrownBy(() -> databases.atomic(() -> {
                    insertInTransaction(2);
                    throw new IllegalStateException("away with it");
                }))
                .hasMessage("away with it");

        assertThat(oursIds()).containsExactly(1);
    }

    @Test
    void setsSavepointsInAtomic() {
        databases.atomic(() -> jdbi.useHandle(handle -> {
            insert(handle, 1);
            handle.savepoint("here");
            insert(handle, 2);
            handle.rollbackToSavepoint("here");
            insert(handle, 3);
        }));

        assertThat(oursIds()).containsExactly(1, 3);
    }

    @Test
    void takesOurBlocksIntoItsTransactions() {
        assertThatThrownBy(() -> jdbi.useTransaction(handle -> {
                    insert(handle, 1);
                    databases.atomic(() -> databases.execute("INSERT INTO item VALUES (2, 'ours')"));
                    throw new IllegalStateException("away with it");
                }))
                .hasMessage("away with it");

        assertThat(oursIds()).isEmpty();
    }

    @Test
    void writesBatches() {
        jdbi.useHandle(handle -> {
            var batch = handle.prepareBatch("INSERT INTO item VALUES (?, ?)");
            for (int id = 1; id <= 3; id++) {
                batch.bind(0, id).bind(1, "Jdbi's").add();
            }
            assertThat(batch.execute()).containsExactly(1, 1, 1);
        });

        assertThat(oursIds()).containsExactly(1, 2, 3);
    }

    private static void insert(Handle handle, int id) {
        handle.execute("INSERT INTO item VALUES (?, ?)", id, "Jdbi's");
    }
}
