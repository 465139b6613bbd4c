package dev.mooring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mooring.Databases;
import dev.mooring.spring.items.Item;
import dev.mooring.spring.items.ItemApplication;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A transaction in a transaction: each propagation, done by our own calls, JdbcClient and JPA, whether the inner and the outer one end
 * well or not, on each database, with the transaction manager on {@code atomic} and with that of JPA.
 */
@ParameterizedClass(name = "{0}, JPA {1}")
@MethodSource("applications")
class PropagationTest {

    /** How a row is written. */
    enum Way {
        OURS,
        JDBC,
        JPA
    }

    private final boolean onSqlite;
    private final boolean withJpa;
    private final Databases databases;
    private final JdbcClient client;
    private final PlatformTransactionManager manager;
    private final ApplicationContext context;
    private final List<String> hooks = new ArrayList<>();
    private final List<String> afterCommit = new ArrayList<>();

    PropagationTest(Engine engine, boolean jpa) {
        onSqlite = engine == Engine.SQLITE;
        withJpa = jpa;
        context = ItemApplication.on(engine, jpa);
        databases = context.getBean(Databases.class);
        client = context.getBean(JdbcClient.class);
        manager = context.getBean(PlatformTransactionManager.class);
    }

    static Stream<Arguments> applications() {
        return Stream.of(Engine.values())
                .flatMap(engine -> Stream.of(true, false).map(jpa -> Arguments.of(engine, jpa)));
    }

    @Test
    @DisplayName("The transaction manager is ours, or that of JPA")
    void manager() {
        assertThat(manager.getClass().getSimpleName())
                .isEqualTo(withJpa ? "JpaTransactionManager" : "AtomicTransactionManager");
    }

    @Test
    @DisplayName("A unit of work that begins inside a transaction is a part of it")
    void unitOfWorkInside() {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.executeWithoutResult(status -> writeInAndAround(1));
        assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                    writeInAndAround(11);
                    throw new IllegalStateException("enough");
                }))
                .hasMessage("enough");

        assertThat(databases.query(Integer.class, "SELECT id FROM item ORDER BY id"))
                .containsExactly(1, 2, 3);
        assertThat(databases.get().unfinished()).isEmpty();
        assertThat(databases.using("default").counts().leased()).isZero();
    }

    private void writeInAndAround(int id) {
        client.sql("INSERT INTO item VALUES (?, 'before')").param(id).update();
        databases
                .inUnitOfWork(() -> databases.execute("INSERT INTO item VALUES (%s, 'inside')", id + 1))
                .run();
        client.sql("INSERT INTO item VALUES (?, 'after')").param(id + 2).update();
    }

    @TestFactory
    @DisplayName("What is committed, and which hooks run")
    Stream<DynamicTest> whatIsCommitted() {
        List<Way> ways = withJpa ? List.of(Way.values()) : List.of(Way.OURS, Way.JDBC);
        // JPA's manager knows no nested transactions, and JPA writes nothing without a transaction.
        return Stream.of(Propagation.values())
                .filter(propagation -> !(withJpa && propagation == Propagation.NESTED))
                .flatMap(propagation -> ways.stream()
                        .flatMap(outer -> ways.stream()
                                .filter(inner -> !(inner == Way.JPA && propagation == Propagation.NOT_SUPPORTED))
                                .flatMap(inner -> outcomes(propagation, outer, inner))));
    }

    private Stream<DynamicTest> outcomes(Propagation propagation, Way outer, Way inner) {
        return Stream.of(true, false)
                .flatMap(innerFails -> Stream.of(true, false)
                        .map(outerFails -> DynamicTest.dynamicTest(
                                "%s: %s around %s, inner fails: %s, outer fails: %s"
                                        .formatted(propagation, outer, inner, innerFails, outerFails),
                                () -> whatIsCommitted(propagation, outer, inner, innerFails, outerFails))));
    }

    private void whatIsCommitted(
            Propagation propagation, Way outer, Way inner, boolean innerFails, boolean outerFails) {
        databases.execute("DELETE FROM item");
        hooks.clear();
        afterCommit.clear();
        boolean apart = propagation == Propagation.REQUIRES_NEW || propagation == Propagation.NOT_SUPPORTED;
        // On SQLite a transaction that may write keeps all others from writing, so the outer one only reads.
        boolean outerWrites = !(onSqlite && apart);

        RuntimeException seen = run(outerWrites, propagation, outer, inner, innerFails, outerFails);

        boolean joined = !apart && propagation != Propagation.NESTED;
        if (propagation == Propagation.NEVER) {
            assertThat(seen).isInstanceOf(IllegalTransactionStateException.class);
            assertThat(ids()).isEmpty();
            return;
        }
        boolean outerCommits = !outerFails && !(joined && innerFails);
        boolean innerCommits = switch (propagation) {
            case NOT_SUPPORTED -> true;
            case REQUIRES_NEW -> !innerFails;
            case NESTED -> !innerFails && outerCommits;
            default -> outerCommits;
        };
        assertThat(ids())
                .isEqualTo(Stream.of(1, 2)
                        .filter(id -> id == 1 ? outerCommits && outerWrites : innerCommits)
                        .toList());
        assertThat(hooks)
                .containsExactlyInAnyOrderElementsOf(Stream.of("outer", "inner")
                        .filter(hook -> hook.equals("outer") ? outerCommits : innerCommits)
                        .toList());
        assertThat(afterCommit.contains("outer")).isEqualTo(outerCommits);
        if (outerFails) {
            assertThat(seen).hasMessage("outer");
        } else if (joined && innerFails) {
            assertThat(seen).isInstanceOf(UnexpectedRollbackException.class);
        } else {
            assertThat(seen).isNull();
        }
        assertThat(databases.using("default").counts().leased()).isZero();
        assertThat(databases.get().unfinished()).isEmpty();
    }

    private RuntimeException run(
            boolean outerWrites,
            Propagation propagation,
            Way outer,
            Way inner,
            boolean innerFails,
            boolean outerFails) {
        TransactionTemplate around = new TransactionTemplate(manager);
        around.setReadOnly(!outerWrites);
        TransactionTemplate within = new TransactionTemplate(manager);
        within.setPropagationBehavior(propagation.value());
        try {
            around.executeWithoutResult(status -> {
                if (outerWrites) {
                    write(outer, 1);
                } else {
                    assertThat(ids()).isEmpty();
                }
                register("outer");
                try {
                    within.executeWithoutResult(nested -> {
                        write(inner, 2);
                        register("inner");
                        failIf(innerFails, "inner");
                    });
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessage("inner");
                }
                failIf(outerFails, "outer");
            });
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private void register(String name) {
        databases.onCommit(() -> hooks.add(name));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                afterCommit.add(name);
            }
        });
    }

    private static void failIf(boolean fails, String message) {
        if (fails) {
            throw new IllegalStateException(message);
        }
    }

    private void write(Way way, int id) {
        IntConsumer writing = switch (way) {
            case OURS -> this::ours;
            case JDBC -> this::jdbc;
            case JPA -> this::jpa;
        };
        writing.accept(id);
    }

    private void ours(int id) {
        databases.execute("INSERT INTO item VALUES (%s, 'ours')", id);
    }

    private void jdbc(int id) {
        int unused = client.sql("INSERT INTO item VALUES (?, 'JdbcClient')")
                .param(id)
                .update();
    }

    private void jpa(int id) {
        context.getBean(EntityManager.class).persist(new Item(id, "JPA"));
    }

    private List<Integer> ids() {
        return databases.query(Integer.class, "SELECT id FROM item ORDER BY id");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("REQUIRES_NEW beside a transaction that has written is refused at once on SQLite, and undone with it")
    void refusedOnSqlite(Way way) {
        assumeThat(onSqlite && (withJpa || way != Way.JPA)).isTrue();
        TransactionTemplate around = new TransactionTemplate(manager);
        TransactionTemplate within = new TransactionTemplate(manager);
        within.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        assertThatThrownBy(() -> around.executeWithoutResult(status -> {
                    ours(1);
                    within.executeWithoutResult(nested -> write(way, 2));
                }))
                .hasStackTraceContaining("could never end");

        assertThat(ids()).isEmpty();
        assertThat(databases.get().unfinished()).isEmpty();
    }
}
