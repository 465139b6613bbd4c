package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class SpringTest extends LibraryTest {

    private JdbcClient client;
    private TransactionTemplate template;

    @Override
    void start() {
        client = JdbcClient.create(databases.dataSource());
        template = new TransactionTemplate(new JdbcTransactionManager(databases.dataSource()));
    }

    @Override
    void insert(int id) {
        client.sql("INSERT INTO item VALUES (?, ?)").params(id, "Spring's").update();
    }

    @Override
    List<Integer> ids() {
        return client.sql("SELECT id FROM item ORDER BY id")
                .query(Integer.class)
                .list();
    }

    @Override
    void insertInTransaction(int id) {
        template.executeWithoutResult(status -> insert(id));
    }

    @Test
    void undoesItsOwnTransactions() {
        assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                    insert(1);
                    throw new IllegalStateException("away with it");
                }))
                .hasMessage("away with it");

        assertThat(oursIds()).isEmpty();
    }

    @Test
    void endsNoAtomic() {
        isRefusedInAtomic(() -> insertInTransaction(1));
    }

    @Test
    void leavesNothingOfWhatItCouldNotRollBack() {
        assertThatThrownBy(() -> databases.atomic(() -> {
                    assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                                insert(1);
                                throw new IllegalStateException("away with it");
                            }))
                            .hasStackTraceContaining("Could not roll back on database 'default' inside atomic");
                    databases.execute("INSERT INTO item VALUES (2, 'ours')");
                }))
                .hasMessageContaining("no statement can run until the block ends");

        assertThat(oursIds()).isEmpty();
    }

    @Test
    void takesOurWorkIntoItsTransactions() {
        assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                    insert(1);
                    databases.execute("INSERT INTO item VALUES (2, 'ours')");
                    databases.atomic(() -> databases.execute("INSERT INTO item VALUES (3, 'ours')"));
                    assertThat(ids()).containsExactly(1, 2, 3);
                    throw new IllegalStateException("away with it");
                }))
                .hasMessage("away with it");
        assertThat(oursIds()).isEmpty();

        template.executeWithoutResult(status -> {
            insert(1);
            databases.atomic(() -> databases.execute("INSERT INTO item VALUES (2, 'ours')"));
        });
        assertThat(oursIds()).containsExactly(1, 2);
    }

    @Test
    void nestsItsOwnTransactions() {
        template.executeWithoutResult(outer -> {
            insert(1);
            TransactionTemplate nested = new TransactionTemplate(template.getTransactionManager());
            nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
            assertThatThrownBy(() -> nested.executeWithoutResult(inner -> {
                        insert(2);
                        throw new IllegalStateException("away with it");
                    }))
                    .hasMessage("away with it");
        });

        assertThat(oursIds()).containsExactly(1);
    }

    @Test
    void readsOnlyIfItSaysSo() {
        TransactionTemplate reading = new TransactionTemplate(template.getTransactionManager());
        reading.setReadOnly(true);
        reading.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);

        reading.executeWithoutResult(status -> assertThat(ids()).isEmpty());
        assertThatThrownBy(() -> reading.executeWithoutResult(status -> insert(1)))
                .hasStackTraceContaining(engine == Engine.SQLITE ? "readonly database" : "read-only transaction");
        insert(1);

        assertThat(ids()).containsExactly(1);
    }

    @Test
    void takesErrorsForWhatTheyAre() {
        insert(1);

        assertThatThrownBy(() -> insert(1))
                .isInstanceOf(engine == Engine.SQLITE ? UncategorizedSQLException.class : DuplicateKeyException.class);
    }
}
