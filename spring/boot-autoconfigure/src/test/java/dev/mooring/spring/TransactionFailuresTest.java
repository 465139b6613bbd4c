package dev.mooring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.InterfaceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayName(
        "Whatever goes wrong, a transaction manager on atomic throws Spring's exceptions and leaves nothing behind")
class TransactionFailuresTest {

    private static final int MOST = 2;
    private static final String ENDLESS =
            "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT count(*) FROM r";

    enum Trouble {
        SHUT_DOWN,
        CONNECTIONS_CUT,
        DATABASE_GONE,
        POOL_EXHAUSTED,
        STATEMENT_TIMED_OUT,
        TRANSACTION_TIMED_OUT
    }

    /** What is open when the trouble comes, and what is asked for then; all is ended afterwards. */
    enum Moment {
        BEGIN(Propagation.REQUIRED),
        BEGIN_NESTED(Propagation.NESTED, Propagation.REQUIRED),
        SUSPEND(Propagation.REQUIRES_NEW, Propagation.REQUIRED),
        SUSPEND_FOR_NONE(Propagation.NOT_SUPPORTED, Propagation.REQUIRED),
        END(null, Propagation.REQUIRED),
        END_NESTED(null, Propagation.REQUIRED, Propagation.NESTED),
        RESUME(null, Propagation.REQUIRED, Propagation.REQUIRES_NEW),
        RESUME_AFTER_NONE(null, Propagation.REQUIRED, Propagation.NOT_SUPPORTED);

        private final @Nullable Propagation then;

        @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
        private final List<Propagation> before;

        Moment(@Nullable Propagation then, Propagation... before) {
            this.then = then;
            this.before = List.of(before);
        }
    }

    private static final Map<Engine, String> URLS = new ConcurrentHashMap<>();

    private Databases databases;
    private PlatformTransactionManager manager;
    private final Deque<TransactionStatus> open = new ArrayDeque<>();
    private final List<RuntimeException> atCommit = new ArrayList<>();
    private final List<RuntimeException> seen = new ArrayList<>();
    private final List<Connection> held = new ArrayList<>();

    static Stream<Arguments> cases() {
        return Stream.of(Engine.values())
                .flatMap(engine -> Stream.of(Trouble.values())
                        .filter(trouble -> engine == Engine.POSTGRES
                                || (trouble != Trouble.CONNECTIONS_CUT && trouble != Trouble.DATABASE_GONE))
                        .flatMap(trouble -> Stream.of(Moment.values())
                                .flatMap(moment -> Stream.of(true, false)
                                        .map(commits -> Arguments.of(engine, trouble, moment, commits)))));
    }

    @ParameterizedTest(name = "{0}: {1} before {2}, then commits: {3}")
    @MethodSource("cases")
    @DisplayName("when it begins, nests, suspends, resumes, commits and rolls back")
    void springsExceptionsAlone(Engine engine, Trouble trouble, Moment moment, boolean commits) throws Exception {
        try (Databases opened = databases(engine, trouble == Trouble.DATABASE_GONE)) {
            databases = opened;
            manager = new AtomicTransactionManager(databases);
            moment.before.forEach(propagation -> begin(propagation, trouble));
            provoke(trouble);
            if (moment.then != null) {
                begin(moment.then, trouble);
            }
            while (!open.isEmpty()) {
                end(open.pop(), commits);
            }

            assertThat(seen).allSatisfy(failure -> assertThat(failure).isInstanceOf(TransactionException.class));
            assertThat(atCommit)
                    .allSatisfy(failure ->
                            assertThat(failure).isInstanceOfAny(TransactionException.class, DataAccessException.class));
            nothingIsLeft();
            if (trouble != Trouble.SHUT_DOWN && trouble != Trouble.DATABASE_GONE) {
                release();
                // A connection that was parked a moment ago is handed out unchecked, and replaced when it fails.
                select("SELECT 1");
                goesOn();
            }
        }
    }

    private static Databases databases(Engine engine, boolean anew) {
        String url = anew ? engine.newUrl() : URLS.computeIfAbsent(engine, Engine::newUrl);
        return Databases.of(DatabaseSettings.fromUrl(url).toBuilder()
                .maxConnections(MOST)
                .acquireTimeout(Duration.ofMillis(50))
                .statementTimeout(Duration.ofMillis(100))
                .build());
    }

    private void begin(Propagation propagation, Trouble trouble) {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition(propagation.value());
        definition.setReadOnly(true);
        if (trouble == Trouble.TRANSACTION_TIMED_OUT) {
            definition.setTimeout(0);
        }
        try {
            open.push(manager.getTransaction(definition));
            select("SELECT 1");
        } catch (RuntimeException e) {
            seen.add(e);
        }
    }

    /** What a statement throws is not the transaction manager's. */
    private void select(String sql) {
        try {
            assertThat(databases.query(sql)).isNotNull();
        } catch (RuntimeException e) {
            assertThat(e).hasMessageNotContaining("no such table");
        }
    }

    private void end(TransactionStatus status, boolean commits) {
        try {
            if (commits) {
                manager.commit(status);
            } else {
                manager.rollback(status);
            }
        } catch (RuntimeException e) {
            (commits ? atCommit : seen).add(e);
        }
    }

    private void provoke(Trouble trouble) throws Exception {
        switch (trouble) {
            case SHUT_DOWN -> databases.close(Duration.ZERO);
            case CONNECTIONS_CUT ->
                Engine.cutConnections(databases.get().settings().name());
            case DATABASE_GONE -> Engine.drop(databases.get().settings().name());
            case POOL_EXHAUSTED -> inAnotherThread(this::hold);
            case STATEMENT_TIMED_OUT -> select(ENDLESS);
            case TRANSACTION_TIMED_OUT -> select("SELECT 1");
        }
    }

    private Void hold() throws SQLException {
        while (databases.using("default").counts().leased() < MOST) {
            Connection connection = databases.dataSource().getConnection();
            held.add(connection);
            assertThat(connection.createStatement().execute("SELECT 1")).isTrue();
        }
        return null;
    }

    private static void inAnotherThread(Callable<Void> task) throws ExecutionException, InterruptedException {
        FutureTask<Void> future = new FutureTask<>(task);
        new Thread(future).start();
        future.get();
    }

    @AfterEach
    void release() throws SQLException {
        for (Connection connection : held) {
            connection.close();
        }
        held.clear();
    }

    private static void nothingIsLeft() {
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .isFalse();
    }

    private void goesOn() {
        assertThat(databases.get().unfinished()).isEmpty();
        assertThat(databases.using("default").counts().leased()).isZero();
        new TransactionTemplate(manager)
                .executeWithoutResult(status -> databases.execute("CREATE TABLE IF NOT EXISTS item (id integer)"));
        assertThat(databases.query("SELECT id FROM item")).isEmpty();
    }

    @Test
    @DisplayName("such as CannotCreateTransactionException once the databases are closed, with the reason as its cause")
    void afterClose() {
        TransactionTemplate template;
        try (Databases opened = databases(Engine.SQLITE, false)) {
            template = new TransactionTemplate(new AtomicTransactionManager(opened));
        }

        assertThatThrownBy(() -> template.executeWithoutResult(status -> {}))
                .isInstanceOf(CannotCreateTransactionException.class)
                .hasMessageContaining("'default'")
                .hasCauseInstanceOf(InterfaceException.class);
    }
}
