package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.TransactionManagementException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
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
    @DisplayName("Commit hooks of a transaction in which no statement ran go with it, and not with the next one")
    void hooksOfEmptyTransactions() {
        List<String> hooks = new ArrayList<>();
        template.executeWithoutResult(status -> {
            databases.onCommit(() -> hooks.add("rolled back"));
            status.setRollbackOnly();
        });
        template.executeWithoutResult(status -> databases.onCommit(() -> hooks.add("committed")));
        assertThat(hooks).containsExactly("committed");

        insertInTransaction(1);

        assertThat(hooks).containsExactly("committed");
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
    @Tag("wrong-answers")
    @DisplayName(
            "Our own calls inside REQUIRES_NEW are refused, for they would be in the transaction that Spring suspended")
    void refusesOurCallsBesideASuspendedTransaction() {
        Assumptions.assumeTrue(engine == Engine.POSTGRES);
        TransactionTemplate fresh = new TransactionTemplate(template.getTransactionManager());
        fresh.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        List<ThrowingCallable> calls = List.of(
                () -> databases.execute("INSERT INTO item VALUES (3, 'ours')"),
                () -> databases.query("SELECT 1"),
                () -> databases.stream("SELECT 1").close(),
                () -> databases.atomic(() -> {}),
                () -> databases.onCommit(() -> {}));
        template.executeWithoutResult(outer -> {
            insert(1);
            fresh.executeWithoutResult(inner -> {
                insert(2);
                for (ThrowingCallable call : calls) {
                    assertThatExceptionOfType(TransactionManagementException.class)
                            .isThrownBy(call)
                            .withMessageContaining("REQUIRES_NEW");
                }
            });
            outer.setRollbackOnly();
        });

        assertThat(oursIds()).containsExactly(2);
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("Our own calls inside NOT_SUPPORTED are refused once Spring has taken a second connection for it")
    void refusesOurCallsInNotSupported() {
        Assumptions.assumeTrue(engine == Engine.POSTGRES);
        TransactionTemplate without = new TransactionTemplate(template.getTransactionManager());
        without.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        template.executeWithoutResult(outer -> {
            insert(1);
            without.executeWithoutResult(inner -> {
                assertThat(ids()).isEmpty();
                assertThatExceptionOfType(TransactionManagementException.class)
                        .isThrownBy(() -> databases.execute("INSERT INTO item VALUES (3, 'ours')"))
                        .withMessageContaining("NOT_SUPPORTED");
            });
            outer.setRollbackOnly();
        });

        assertThat(oursIds()).isEmpty();
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("onCommit inside a transaction of Spring's runs after its commit, and not after its rollback")
    void runsCommitHooksOfItsTransactions() {
        List<String> ran = new ArrayList<>();
        template.executeWithoutResult(status -> {
            databases.onCommit(() -> ran.add("committed, and sees " + oursIds()));
            databases.onCommit(() -> {
                throw new IllegalStateException("this goes to the log");
            });
            databases.onCommit(() -> ran.add("next"));
            insert(1);
            assertThat(ran).isEmpty();
        });
        template.executeWithoutResult(status -> {
            databases.onCommit(() -> ran.add("rolled back"));
            status.setRollbackOnly();
        });

        assertThat(ran).containsExactly("committed, and sees [1]", "next");
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
