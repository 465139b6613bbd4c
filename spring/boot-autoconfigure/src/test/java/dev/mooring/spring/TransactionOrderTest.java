package dev.mooring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.spring.items.ItemApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayName("Transactions that are ended by hand")
@ParameterizedClass
@EnumSource(Engine.class)
class TransactionOrderTest {

    private final Engine engine;
    private final Databases databases;
    private final PlatformTransactionManager manager;
    private final List<String> told = new ArrayList<>();

    TransactionOrderTest(Engine engine) {
        this.engine = engine;
        ApplicationContext context = ItemApplication.on(engine, false);
        databases = context.getBean(Databases.class);
        manager = context.getBean(PlatformTransactionManager.class);
    }

    static Stream<Arguments> orders() {
        return Stream.of(Propagation.NESTED, Propagation.REQUIRES_NEW, Propagation.NOT_SUPPORTED)
                .flatMap(inner -> Stream.of(true, false)
                        .flatMap(outerCommits -> Stream.of(true, false)
                                .map(innerCommits -> Arguments.of(inner, outerCommits, innerCommits))));
    }

    @ParameterizedTest(name = "{0}, outer commits: {1}, inner commits: {2}")
    @MethodSource("orders")
    @DisplayName(
            "before those inside them are refused and rolled back with them, and nothing stays bound to the thread")
    void outerFirst(Propagation propagation, boolean outerCommits, boolean innerCommits) {
        TransactionStatus outer = begin(Propagation.REQUIRED, "outer", engine == Engine.SQLITE);
        insert(1, propagation != Propagation.REQUIRES_NEW);
        TransactionStatus inner = begin(propagation, "inner", engine == Engine.SQLITE);
        insert(2, propagation == Propagation.NESTED);

        assertThatThrownBy(() -> end(outer, outerCommits))
                .isInstanceOf(IllegalTransactionStateException.class)
                .hasMessageContainingAll("'default'", "before one that was begun inside it", "End the innermost first");
        assertThatThrownBy(() -> end(inner, innerCommits)).isInstanceOf(IllegalTransactionStateException.class);

        assertThat(told).contains("outer " + TransactionSynchronization.STATUS_UNKNOWN);
        assertNothingIsLeft();
        assertThat(databases.query("SELECT id FROM item")).isEmpty();
    }

    @Test
    @DisplayName("three deep are all rolled back")
    void threeDeep() {
        TransactionStatus first = begin(Propagation.REQUIRED, "first", true);
        TransactionStatus second = begin(Propagation.REQUIRES_NEW, "second", true);
        TransactionStatus third = begin(Propagation.NOT_SUPPORTED, "third", true);
        TransactionStatus fourth = begin(Propagation.REQUIRED, "fourth", true);

        assertThatThrownBy(() -> manager.rollback(second)).isInstanceOf(IllegalTransactionStateException.class);
        assertThat(third.isCompleted()).isTrue();
        assertThat(fourth.isCompleted()).isTrue();
        manager.commit(first);

        assertThat(told).contains("fourth 1", "first 0");
        assertNothingIsLeft();
    }

    @Test
    @DisplayName("and leave no transaction around that is ended by a rollback take with them what was begun inside")
    void rollbackOfNone() {
        TransactionStatus outer = begin(Propagation.REQUIRED, "outer", true);
        TransactionStatus none = begin(Propagation.NOT_SUPPORTED, "none", true);
        TransactionStatus inner = begin(Propagation.REQUIRED, "inner", true);

        manager.rollback(none);
        assertThatThrownBy(() -> manager.commit(inner)).isInstanceOf(IllegalTransactionStateException.class);
        manager.commit(outer);

        assertThat(told).contains("outer 0");
        assertNothingIsLeft();
    }

    @ParameterizedTest(name = "outer commits: {0}, inner commits: {1}")
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    @DisplayName("and are none, before those inside them, roll those back and leave nothing bound")
    void emptyFirst(boolean outerCommits, boolean innerCommits) {
        TransactionStatus outer = begin(Propagation.SUPPORTS, "outer", true);
        TransactionStatus inner = begin(Propagation.REQUIRED, "inner", false);
        databases.execute("INSERT INTO item VALUES (1, 'inner')");

        if (outerCommits) {
            assertThatThrownBy(() -> manager.commit(outer))
                    .isInstanceOf(IllegalTransactionStateException.class)
                    .hasMessageContaining("End the innermost first");
        } else {
            manager.rollback(outer);
        }
        assertThatThrownBy(() -> end(inner, innerCommits)).isInstanceOf(IllegalTransactionStateException.class);

        assertNothingIsLeft();
        assertThat(databases.query("SELECT id FROM item")).isEmpty();
    }

    @ParameterizedTest(name = "outer commits: {0}, inner commits: {1}")
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    @DisplayName("and joined a block, before those inside them, roll those back and leave nothing bound but the block")
    void joinedFirst(boolean outerCommits, boolean innerCommits) {
        assertThatThrownBy(() -> databases.atomic(() -> {
                    TransactionStatus outer = begin(Propagation.REQUIRED, "outer", false);
                    TransactionStatus inner = begin(Propagation.REQUIRES_NEW, "inner", true);
                    assertThat(databases.query("SELECT 1")).hasSize(1);
                    if (outerCommits) {
                        assertThatThrownBy(() -> manager.commit(outer))
                                .isInstanceOf(IllegalTransactionStateException.class);
                    } else {
                        manager.rollback(outer);
                    }
                    assertThatThrownBy(() -> end(inner, innerCommits))
                            .isInstanceOf(IllegalTransactionStateException.class);
                    assertThat(TransactionSynchronizationManager.isSynchronizationActive())
                            .isFalse();
                    throw new IllegalStateException("enough");
                }))
                .hasMessage("enough");
        assertNothingIsLeft();
    }

    @Test
    @DisplayName("in good order leave nothing behind, if they are none or joined a block")
    void emptyInOrder() {
        TransactionStatus none = begin(Propagation.SUPPORTS, "none", true);
        TransactionStatus inner = begin(Propagation.REQUIRED, "inner", true);
        manager.commit(inner);
        manager.commit(none);
        manager.rollback(begin(Propagation.SUPPORTS, "none", true));
        databases.atomic(() -> {
            manager.commit(begin(Propagation.REQUIRED, "joined", true));
            TransactionStatus nested = begin(Propagation.NESTED, "nested", true);
            manager.commit(begin(Propagation.REQUIRED, "joined", true));
            manager.commit(nested);
        });

        AtomicTransactionManager.rollBackLeftOpen();

        assertThat(told).containsExactly("inner 0", "none 0", "none 1", "joined 0", "nested 0", "joined 0");
        assertNothingIsLeft();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("moments")
    @DisplayName("too late, since begun in a callback of one that ends, are rolled back and leave nothing bound")
    void begunInCallback(Moment moment, Propagation propagation) {
        Runnable forgetful = () -> {
            TransactionStatus unused = begin(propagation, "forgotten", engine == Engine.SQLITE);
            insert(2, propagation != Propagation.NOT_SUPPORTED);
        };
        TransactionStatus status = begin(Propagation.REQUIRED, "outer", engine == Engine.SQLITE);
        if (moment == Moment.HOOK) {
            databases.onCommit(forgetful);
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                runAt(Moment.BEFORE_COMMIT);
            }

            @Override
            public void afterCommit() {
                runAt(Moment.AFTER_COMMIT);
            }

            @Override
            public void afterCompletion(int end) {
                runAt(Moment.AFTER_COMPLETION);
            }

            private void runAt(Moment now) {
                if (now == moment) {
                    forgetful.run();
                }
            }
        });

        if (moment == Moment.BEFORE_COMMIT) {
            assertThatThrownBy(() -> manager.commit(status)).isInstanceOf(IllegalTransactionStateException.class);
        } else {
            manager.commit(status);
        }

        assertNothingIsLeft();
        assertThat(databases.query("SELECT id FROM item")).isEmpty();
    }

    private enum Moment {
        BEFORE_COMMIT,
        HOOK,
        AFTER_COMMIT,
        AFTER_COMPLETION
    }

    static Stream<Arguments> moments() {
        return Stream.of(Moment.values())
                .flatMap(moment -> Stream.of(Propagation.REQUIRES_NEW, Propagation.NESTED, Propagation.NOT_SUPPORTED)
                        .map(propagation -> Arguments.of(moment, propagation)));
    }

    private TransactionStatus begin(Propagation propagation, String name, boolean readOnly) {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition(propagation.value());
        definition.setReadOnly(readOnly);
        TransactionStatus status = manager.getTransaction(definition);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int end) {
                told.add(name + " " + end);
            }
        });
        return status;
    }

    private void end(TransactionStatus status, boolean commits) {
        if (commits) {
            manager.commit(status);
        } else {
            manager.rollback(status);
        }
    }

    /** On SQLite they only read, for there is one writer at a time. */
    private void insert(int id, boolean writes) {
        if (writes && engine == Engine.POSTGRES) {
            databases.execute("INSERT INTO item VALUES (%s, 'ours')", id);
        } else {
            assertThat(databases.query("SELECT 1")).hasSize(1);
        }
    }

    private void assertNothingIsLeft() {
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .isFalse();
        assertThat(databases.get().unfinished()).isEmpty();
        assertThat(databases.using("default").counts().leased()).isZero();
        new TransactionTemplate(manager)
                .executeWithoutResult(
                        status -> assertThat(databases.query("SELECT 1")).hasSize(1));
    }
}
