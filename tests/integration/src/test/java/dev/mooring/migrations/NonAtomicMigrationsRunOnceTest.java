package dev.mooring.migrations;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.DatabaseListener;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL: two processes with a migration that is not atomic. Whenever the first one closes a connection, its lock is gone,
 * and it stops until the second one has done what it can.
 */
@Tag("wrong-answers")
@Tag("threads")
@DisplayName("PostgreSQL: a migration that is not atomic is run by one of two processes")
class NonAtomicMigrationsRunOnceTest {

    private static final List<MigrationTarget> ZERO = List.of(MigrationTarget.zero("a"));

    private final DatabaseSettings settings = EmptyDatabases.postgres();
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final CountDownLatch secondWaits = new CountDownLatch(1);
    private final AtomicBoolean ran = new AtomicBoolean();
    private final AtomicInteger applied = new AtomicInteger();
    private final AtomicInteger undone = new AtomicInteger();
    private final CompletableFuture<List<Migration>> second = new CompletableFuture<>();

    @AfterEach
    void shutDown() {
        other.shutdownNow();
    }

    @Test
    @DisplayName("Code that both are to apply is run once")
    void appliesOnce() {
        race(List.of(), List.of(migration(false)));

        assertThat(applied).hasValue(1);
    }

    @Test
    @DisplayName("SQL that sets search path and role is run once, and recorded in the ledger of before")
    void recordsInTheLedgerOfBefore() {
        Migration sets = migration(false)
                .with(Operations.sql("CREATE SCHEMA app; CREATE ROLE once_only; SET search_path TO app, pg_temp;"
                        + " CREATE TEMPORARY TABLE django_migrations (id serial, app text, name text, applied"
                        + " timestamptz); SET default_transaction_read_only TO on; SET ROLE once_only"));

        race(List.of(), List.of(sets));

        assertThat(applied).hasValue(1);
        try (Databases databases = Databases.of(settings)) {
            assertThat(new MigrationLedger(databases, "default").applied()).containsExactly(sets.id());
            databases.execute("DROP ROLE once_only");
        }
    }

    @Test
    @DisplayName("Code that both are to undo is run once")
    void undoesOnce() {
        race(ZERO, List.of(migration(true)));

        assertThat(undone).hasValue(1);
    }

    @Test
    @DisplayName("A squash is run once, and recorded with what it replaces")
    void appliesASquashOnce() {
        race(List.of(), List.of(migration(false).replacing("a", "0000_before")));

        assertThat(applied).hasValue(1);
        try (Databases databases = Databases.of(settings)) {
            assertThat(databases.query("SELECT name FROM django_migrations")).hasSize(2);
        }
    }

    private Migration migration(boolean backwards) {
        return Migration.of("a", "0001_fills")
                .nonAtomic()
                .with(Operations.run(database -> count(applied, !backwards), database -> count(undone, backwards)));
    }

    private void count(AtomicInteger counter, boolean raced) {
        counter.incrementAndGet();
        if (raced && !ran.get()) {
            await();
            ran.set(true);
        }
    }

    private void await() {
        try {
            assertThat(secondWaits.await(60, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Brings the database to {@code targets} twice at once, or up to date if there are none. */
    private void race(List<MigrationTarget> targets, List<Migration> migrations) {
        DatabaseListener stops = new DatabaseListener() {
            @Override
            public void connectionClosed(String alias, String reason) {
                if (ran.get()) {
                    second();
                }
            }
        };
        try (Databases first = Databases.builder().add(settings).listener(stops).build();
                Databases others = Databases.of(settings)) {
            if (!targets.isEmpty()) {
                migrate(first, migrations, List.of(), MigrationListener.none());
            }
            MigrationListener starts = new MigrationListener() {
                @Override
                public void applying(Migration migration) {
                    startSecond();
                }

                @Override
                public void unapplying(Migration migration) {
                    startSecond();
                }

                private void startSecond() {
                    MigrationListener waits = new MigrationListener() {
                        @Override
                        public void waiting() {
                            secondWaits.countDown();
                        }
                    };
                    second.completeAsync(() -> migrate(others, migrations, targets, waits), other);
                }
            };
            assertThat(migrate(first, migrations, targets, starts)).containsExactlyElementsOf(migrations);
            assertThat(second()).isEmpty();
        }
    }

    private static List<Migration> migrate(
            Databases databases,
            List<Migration> migrations,
            List<MigrationTarget> targets,
            MigrationListener listener) {
        MigrationExecutor executor = new MigrationExecutor(databases, "default", migrations);
        return targets.isEmpty()
                ? executor.migrate(listener)
                : executor.migrate(targets, MigrationMode.NORMAL, listener);
    }

    private List<Migration> second() {
        try {
            return second.get(60, SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
