package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import dev.mooring.spi.Feature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How migrations are applied, on one kind of database. */
abstract class MigrationExecutorContract {

    private DatabaseSettings settings;
    private Databases databases;

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase();

    @BeforeEach
    void open() {
        settings = emptyDatabase();
        databases = Databases.of(settings);
    }

    @AfterEach
    void closeAndCountLeases() {
        try {
            assertThat(databases.using("default").counts().leased()).isZero();
        } finally {
            databases.close();
        }
    }

    @Test
    void onlyReadsForAPlan() {
        MigrationPlan plan = executor(AuthMigrations.all()).plan();

        assertThat(plan.migrations()).hasSize(15);
        assertThat(plan.apps()).containsExactly("auth", "contenttypes", "sessions");
        assertThat(tableNames()).isEmpty();
    }

    @Test
    void createsNoLedgerForNothing() {
        assertThat(executor(List.of()).migrate(MigrationListener.none())).isEmpty();

        assertThat(tableNames()).isEmpty();
    }

    @Test
    void doesNothingTheSecondTime() {
        assertThat(executor(AuthMigrations.all()).migrate(MigrationListener.none()))
                .hasSize(15);
        List<String> facts = Tables.facts(databases);

        assertThat(executor(AuthMigrations.all()).migrate(MigrationListener.none()))
                .isEmpty();
        assertThat(executor(AuthMigrations.all()).plan().isEmpty()).isTrue();
        assertThat(Tables.facts(databases)).isEqualTo(facts);
    }

    @Test
    void tellsHowItGoesOn() {
        List<String> heard = new ArrayList<>();
        executor(AuthMigrations.all()).migrate(new MigrationListener() {
            @Override
            public void applying(Migration migration) {
                heard.add("applying " + migration);
            }

            @Override
            public void applied(Migration migration, Duration elapsed) {
                heard.add("applied " + migration);
            }
        });

        assertThat(heard)
                .hasSize(30)
                .startsWith("applying contenttypes.0001_initial", "applied contenttypes.0001_initial")
                .endsWith("applying sessions.0001_initial", "applied sessions.0001_initial");
    }

    @Test
    void leavesNoTraceOfAMigrationThatFails() {
        Migration failing = Migration.of("zoo", "0002_failing")
                .after("zoo", "0001_initial")
                .with(Operations.createTable(Table.of("rubble", Column.auto("id"))))
                .with(Operations.run(database -> database.execute("INSERT INTO no_such_table VALUES (1)")));
        MigrationExecutor executor = executor(List.of(zoo(), failing));

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> executor.migrate(MigrationListener.none()))
                .withMessageContaining("no_such_table");
        boolean takenBack = databases.using("default").backend().features().has(Feature.TRANSACTIONAL_DDL);
        assertThat(tableNames()).contains("animal", "keeper");
        assertThat(tableNames().contains("rubble")).isEqualTo(!takenBack);
        assertThat(executor.plan().migrations()).containsExactly(failing);
    }

    @Test
    void refusesToLeaveRowsThatReferToNothing() {
        Migration dangling = Migration.of("zoo", "0002_dangling")
                .after("zoo", "0001_initial")
                .with(Operations.run(
                        database -> database.execute("INSERT INTO animal (id, keeper_id) VALUES (1, 99)")));

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> executor(List.of(zoo(), dangling)).migrate(MigrationListener.none()));
        assertThat(databases.query("SELECT id FROM animal")).isEmpty();
        assertThat(executor(List.of(zoo(), dangling)).plan().migrations()).containsExactly(dangling);
    }

    @Test
    void letsATableReferToOneThatIsCreatedAfterIt() {
        executor(List.of(zoo())).migrate(MigrationListener.none());

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.execute("INSERT INTO animal (id, keeper_id) VALUES (1, 99)"));
    }

    @Test
    void refusesToGoOnFromAHistoryWithAGap() {
        executor(List.of(zoo())).migrate(MigrationListener.none());
        MigrationExecutor executor =
                executor(List.of(zoo().after("zoo", "0000_forgotten"), Migration.of("zoo", "0000_forgotten")));

        assertThatExceptionOfType(InconsistentMigrationHistoryException.class)
                .isThrownBy(() -> executor.migrate(MigrationListener.none()))
                .withMessageContaining("'default'");
    }

    @Test
    void refusesToWorkInsideATransaction() {
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases.atomic(() -> {
                    executor(AuthMigrations.all()).migrate(MigrationListener.none());
                }));

        assertThat(tableNames()).isEmpty();
    }

    @Test
    void refusesToWorkWithAutocommitOff() {
        databases.get().transaction().setAutocommit(false);

        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> executor(AuthMigrations.all()).migrate(MigrationListener.none()))
                .withMessageContaining("'default'")
                .withMessageContaining("setAutocommit(true)");

        databases.get().transaction().rollback();
        databases.get().transaction().setAutocommit(true);
        assertThat(tableNames()).isEmpty();
    }

    @Test
    @Tag("threads")
    void appliesEachMigrationOnceWhenTwoAreAtIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier together = new CyclicBarrier(2);
        try (Databases others = Databases.of(settings)) {
            Future<List<Migration>> first = threads.submit(() -> migrate(databases, together));
            Future<List<Migration>> second = threads.submit(() -> migrate(others, together));

            assertThat(first.get().size() + second.get().size()).isEqualTo(15);
            assertThat(Tables.rows(databases)).hasSize(15 + 5 + 20);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Migration> migrate(Databases databases, CyclicBarrier together) throws Exception {
        MigrationExecutor executor = new MigrationExecutor(databases, "default", AuthMigrations.all());
        executor.plan();
        together.await();
        List<Migration> applied = executor.migrate(MigrationListener.none());
        AuthMigrations.createMissingRows(databases, "default");
        return applied;
    }

    /** The first table needs the second. */
    private static Migration zoo() {
        return Migration.of("zoo", "0001_initial")
                .with(Operations.createTable(Table.of(
                        "animal",
                        Column.of("id", ColumnType.INTEGER).primaryKey(),
                        Column.of("keeper_id", ColumnType.INTEGER).references("keeper", "id"))))
                .with(Operations.createTable(Table.of("keeper", Column.auto("id"))));
    }

    private MigrationExecutor executor(List<Migration> migrations) {
        return new MigrationExecutor(databases, "default", migrations);
    }

    private List<String> tableNames() {
        return databases.using("default").tableNames();
    }
}
