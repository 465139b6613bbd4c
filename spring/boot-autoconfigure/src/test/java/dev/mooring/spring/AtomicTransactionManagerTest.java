package dev.mooring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mooring.Databases;
import dev.mooring.spring.items.ItemApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayName("A transaction of Spring's on atomic")
@ParameterizedClass
@EnumSource(Engine.class)
class AtomicTransactionManagerTest {

    private final Engine engine;
    private final Databases databases;
    private final JdbcClient client;
    private final TransactionTemplate template;
    private final List<String> events = new ArrayList<>();

    AtomicTransactionManagerTest(Engine engine) {
        this.engine = engine;
        ApplicationContext context = ItemApplication.on(engine, false);
        databases = context.getBean(Databases.class);
        client = context.getBean(JdbcClient.class);
        template = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    @BeforeEach
    void nothingIsOpen() {
        assertThat(databases.get().unfinished()).isEmpty();
    }

    @Test
    @DisplayName("runs in this order: beforeCommit, beforeCompletion, COMMIT, hooks, afterCommit, afterCompletion")
    void order() {
        template.executeWithoutResult(status -> {
            TransactionSynchronizationManager.registerSynchronization(new Recorded(""));
            insert(1);
            databases.onCommit(() -> events.add("hook " + databases.get().inAtomicBlock()));
        });

        assertThat(events)
                .containsExactly("beforeCommit", "beforeCompletion", "hook false", "afterCommit", "afterCompletion 0");
    }

    @Test
    @DisplayName("is committed although a hook fails, whose exception reaches the caller")
    void failingHook() {
        assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                    TransactionSynchronizationManager.registerSynchronization(new Recorded(""));
                    insert(1);
                    databases.onCommit(() -> {
                        throw new IllegalStateException("hook");
                    });
                }))
                .hasMessage("hook");

        assertThat(ids()).containsExactly(1);
        assertThat(events).containsExactly("beforeCommit", "beforeCompletion", "afterCompletion 0");
    }

    @Test
    @DisplayName("is over when its hooks run: they may begin another one, and JdbcClient's changes stay")
    void transactionInHook() {
        template.executeWithoutResult(status -> databases.onCommit(() -> {
            client.sql("INSERT INTO item VALUES (1, 'hook')").update();
            template.executeWithoutResult(again -> insert(2));
        }));

        assertThat(ids()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUIRED", "REQUIRES_NEW"})
    @DisplayName("is over when those who wait for its rollback are told: they may begin another one")
    void transactionAfterRollback(Propagation propagation) {
        TransactionTemplate another = new TransactionTemplate(Objects.requireNonNull(template.getTransactionManager()));
        another.setPropagationBehavior(propagation.value());
        template.executeWithoutResult(status -> {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int end) {
                    client.sql("INSERT INTO item VALUES (1, 'rolled back')").update();
                    another.executeWithoutResult(again -> insert(2));
                }
            });
            insert(3);
            status.setRollbackOnly();
        });

        assertThat(ids()).containsExactly(1, 2);
    }

    @Test
    @DisplayName("that a method of databases.atomic has begun joins the block, whose rollback undoes it")
    void joinsAtomic() {
        assertThatThrownBy(() -> databases.atomic(() -> {
                    template.executeWithoutResult(status ->
                            client.sql("INSERT INTO item VALUES (1, 'joined')").update());
                    assertThat(ids()).containsExactly(1);
                    throw new IllegalStateException("outer");
                }))
                .hasMessage("outer");

        assertThat(ids()).isEmpty();
    }

    @Test
    @DisplayName("in databases.atomic has its synchronizations told after the commit of the block")
    void synchronizationsWaitForAtomic() {
        databases.atomic(() -> {
            template.executeWithoutResult(status -> {
                TransactionSynchronizationManager.registerSynchronization(new Recorded("joined "));
                insert(1);
            });
            TransactionTemplate nested = new TransactionTemplate(template.getTransactionManager());
            nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
            nested.executeWithoutResult(
                    status -> TransactionSynchronizationManager.registerSynchronization(new Recorded("nested ")));
            assertThat(events)
                    .containsExactly(
                            "joined beforeCommit",
                            "joined beforeCompletion",
                            "nested beforeCommit",
                            "nested beforeCompletion");
        });

        assertThat(events.subList(4, events.size()))
                .containsExactly(
                        "joined afterCommit",
                        "joined afterCompletion 0",
                        "nested afterCommit",
                        "nested afterCompletion 0");
    }

    @Test
    @DisplayName("that failed in databases.atomic undoes the block, even if the exception is caught")
    void failureMarksAtomic() {
        databases.atomic(() -> {
            insert(1);
            assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                        TransactionSynchronizationManager.registerSynchronization(new Recorded(""));
                        throw new IllegalStateException("inner");
                    }))
                    .hasMessage("inner");
        });

        assertThat(ids()).isEmpty();
        assertThat(events).containsExactly("beforeCompletion", "afterCompletion 1");
    }

    @Test
    @DisplayName("around databases.atomic has a savepoint for it, whose failure it survives")
    void aroundAtomic() {
        template.executeWithoutResult(status -> {
            insert(1);
            assertThatThrownBy(() -> databases.atomic(() -> {
                        insert(2);
                        template.executeWithoutResult(joined -> {
                            throw new IllegalStateException("inner");
                        });
                    }))
                    .hasMessage("inner");
            insert(3);
        });

        assertThat(ids()).containsExactly(1, 3);
    }

    @Test
    @DisplayName("goes on after a failed method that joined it, and is then rolled back, as with Spring's own manager")
    void goesOnUntilItsEnd() {
        assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                    assertThatThrownBy(() -> template.executeWithoutResult(joined -> {
                                throw new IllegalStateException("inner");
                            }))
                            .hasMessage("inner");
                    insert(1);
                }))
                .isInstanceOf(UnexpectedRollbackException.class);

        assertThat(ids()).isEmpty();
    }

    @Test
    @DisplayName(
            "whose failed statement was swallowed is rolled back with an UnexpectedRollbackException on PostgreSQL")
    void swallowedError() {
        assumeThat(engine).isEqualTo(Engine.POSTGRES);
        assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                    insert(1);
                    assertThatThrownBy(
                                    () -> client.sql("SELECT nothing").query().listOfRows())
                            .isNotNull();
                }))
                .isInstanceOf(UnexpectedRollbackException.class);

        assertThat(ids()).isEmpty();
    }

    @Test
    @DisplayName("that is refused at COMMIT says so in Spring's words, and is rolled back")
    void refusedAtCommit() {
        databases.execute("DROP TABLE IF EXISTS line");
        databases.execute("CREATE TABLE line (item integer REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED)");
        assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                    TransactionSynchronizationManager.registerSynchronization(new Recorded(""));
                    databases.execute("INSERT INTO line VALUES (7)");
                    databases.onCommit(() -> events.add("hook"));
                }))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(events).containsExactly("beforeCommit", "beforeCompletion", "afterCompletion 1");
        databases.execute("DROP TABLE line");
    }

    @Test
    @DisplayName("that is read-only may not write, by our calls nor by JdbcClient")
    void readOnly() {
        template.setReadOnly(true);
        assertThatThrownBy(() -> template.executeWithoutResult(status -> insert(1)))
                .isNotNull();
        assertThatThrownBy(() -> template.executeWithoutResult(status ->
                        client.sql("INSERT INTO item VALUES (1, 'JdbcClient')").update()))
                .isNotNull();

        assertThat(ids()).isEmpty();
    }

    @Test
    @DisplayName("has the isolation that was asked for")
    void isolation() {
        assumeThat(engine).isEqualTo(Engine.POSTGRES);
        template.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
        String ours = template.execute(status -> databases
                .query(String.class, "SELECT current_setting('transaction_isolation')")
                .one());
        String springs = template.execute(status -> client.sql("SELECT current_setting('transaction_isolation')")
                .query(String.class)
                .single());

        assertThat(ours).isEqualTo("serializable").isEqualTo(springs);
    }

    @Test
    @DisplayName("whose time is up runs no further statement, by our calls nor by JdbcClient, and is rolled back")
    void timeout() {
        template.setTimeout(0);
        assertThatThrownBy(() -> template.executeWithoutResult(status -> insert(1)))
                .isInstanceOf(TransactionTimedOutException.class);
        assertThatThrownBy(() -> template.executeWithoutResult(status ->
                        client.sql("INSERT INTO item VALUES (1, 'JdbcClient')").update()))
                .isInstanceOf(TransactionTimedOutException.class);

        assertThat(ids()).isEmpty();
        insert(1);
    }

    @Test
    @DisplayName(
            "is rolled back by setRollbackOnly without an exception, and by that of databases.transaction() with one")
    void rollbackOnly() {
        template.executeWithoutResult(status -> {
            insert(1);
            status.setRollbackOnly();
        });
        assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                    insert(1);
                    databases.get().transaction().setRollback(true);
                }))
                .isInstanceOf(UnexpectedRollbackException.class);

        assertThat(ids()).isEmpty();
    }

    @Test
    @DisplayName("has savepoints by hand, to which one may go back more than once")
    void savepoints() {
        template.executeWithoutResult(status -> {
            insert(1);
            Object savepoint = status.createSavepoint();
            insert(2);
            status.rollbackToSavepoint(savepoint);
            insert(3);
            status.rollbackToSavepoint(savepoint);
            status.releaseSavepoint(savepoint);
        });

        assertThat(ids()).containsExactly(1);
    }

    @Test
    @DisplayName("uses one connection, however many statements of whom are in it")
    void oneConnection() {
        template.executeWithoutResult(status -> {
            insert(1);
            client.sql("INSERT INTO item VALUES (2, 'JdbcClient')").update();
            databases.atomic(() -> insert(3));
            assertThat(databases.using("default").counts().leased()).isEqualTo(1);
        });

        assertThat(ids()).containsExactly(1, 2, 3);
        assertThat(databases.using("default").counts().leased()).isZero();
    }

    private void insert(int id) {
        databases.execute("INSERT INTO item VALUES (%s, 'ours')", id);
    }

    private List<Integer> ids() {
        return databases.query(Integer.class, "SELECT id FROM item ORDER BY id");
    }

    private final class Recorded implements TransactionSynchronization {

        private final String prefix;

        Recorded(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            events.add(prefix + "beforeCommit");
        }

        @Override
        public void beforeCompletion() {
            events.add(prefix + "beforeCompletion");
        }

        @Override
        public void afterCommit() {
            events.add(prefix + "afterCommit");
        }

        @Override
        public void afterCompletion(int status) {
            events.add(prefix + "afterCompletion " + status);
        }
    }
}
