package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.migrations.InconsistentMigrationHistoryException;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import dev.mooring.migrations.Operations;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How migrations are applied. Where the backend writes no statements for that, they have to be refused by name. */
public abstract class MigrationContract extends OnEmptyDatabase {

    private static final Column NUMBER = Column.of("id", ColumnType.INTEGER).primaryKey();

    /** The first table needs the second. */
    private static final Migration ZOO = Migration.of("zoo", "0001_initial")
            .with(Operations.createTable(Table.of(
                    "animal", NUMBER, Column.of("keeper_id", ColumnType.INTEGER).references("keeper", "id"))))
            .with(Operations.createTable(Table.of("keeper", NUMBER)));

    private static final Migration ROWS = Migration.of("zoo", "0002_rows")
            .after("zoo", "0001_initial")
            .with(Operations.run(database -> {
                database.execute("INSERT INTO keeper VALUES (1)");
                database.execute("INSERT INTO animal VALUES (1, 1)");
            }));

    /** For subclasses. */
    protected MigrationContract() {}

    @Test
    @DisplayName("MIG-01 A plan only reads, and for no migrations nothing is created")
    void onlyReadsForAPlan() {
        if (refusesChanges()) {
            return;
        }
        assertThat(executor(ZOO, ROWS).plan().migrations()).containsExactly(ZOO, ROWS);
        assertThat(migrate()).isEmpty();

        assertThat(tableNames()).isEmpty();
    }

    @Test
    @DisplayName("MIG-02 Migrations are applied in order and once, and a listener is told")
    void appliesMigrationsOnce() {
        if (refusesChanges()) {
            return;
        }
        List<String> heard = new ArrayList<>();

        assertThat(executor(ZOO, ROWS).migrate(new MigrationListener() {
                    @Override
                    public void applying(Migration migration) {
                        heard.add("applying " + migration);
                    }

                    @Override
                    public void applied(Migration migration, Duration elapsed) {
                        heard.add("applied " + migration);
                    }
                }))
                .containsExactly(ZOO, ROWS);
        assertThat(migrate(ZOO, ROWS)).isEmpty();

        assertThat(heard)
                .containsExactly(
                        "applying zoo.0001_initial",
                        "applied zoo.0001_initial",
                        "applying zoo.0002_rows",
                        "applied zoo.0002_rows");
        assertThat(tableNames()).containsExactly("animal", "django_migrations", "keeper");
        assertThat(databases.query(Integer.class, "SELECT keeper_id FROM animal"))
                .containsExactly(1);
    }

    @Test
    @DisplayName(
            "MIG-03 A migration that fails is not recorded, and leaves nothing; where changes of the schema commit, it leaves"
                    + " those before the failure")
    void leavesNothingOfAMigrationThatFails() {
        if (refusesChanges()) {
            return;
        }
        Migration failing = Migration.of("zoo", "0002_failing")
                .after("zoo", "0001_initial")
                .with(Operations.createTable(Table.of("rubble", NUMBER)))
                .with(Operations.run(database -> database.execute("INSERT INTO no_such_table VALUES (1)")));

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> migrate(ZOO, failing))
                .withMessageContaining("no_such_table");

        assertThat(tableNames()).contains("animal", "keeper");
        assertThat(tableNames().contains("rubble")).isEqualTo(!undoesChanges());
        assertThat(executor(ZOO, failing).plan().migrations()).containsExactly(failing);
    }

    @Test
    @DisplayName("MIG-04 An operation on rows that fails leaves no rows, whether or not changes of the schema commit")
    void leavesNoRowsOfAnOperationThatFails() {
        if (refusesChanges()) {
            return;
        }
        Migration failing = Migration.of("zoo", "0002_failing")
                .after("zoo", "0001_initial")
                .with(Operations.run(database -> {
                    database.execute("INSERT INTO keeper VALUES (1)");
                    database.execute("INSERT INTO keeper VALUES (1)");
                }));

        assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> migrate(ZOO, failing));

        assertThat(databases.query("SELECT id FROM keeper")).isEmpty();
        assertThat(executor(ZOO, failing).plan().migrations()).containsExactly(failing);
    }

    @Test
    @DisplayName("MIG-05 A migration that leaves rows which refer to nothing is refused")
    void refusesToLeaveRowsThatReferToNothing() {
        if (refusesChanges()) {
            return;
        }
        Migration dangling = Migration.of("zoo", "0002_dangling")
                .after("zoo", "0001_initial")
                .with(Operations.run(database -> database.execute("INSERT INTO animal VALUES (1, 99)")));

        assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> migrate(ZOO, dangling));

        assertThat(databases.query("SELECT id FROM animal")).isEmpty();
        assertThat(executor(ZOO, dangling).plan().migrations()).containsExactly(dangling);
    }

    @Test
    @DisplayName("MIG-06 A table may refer to one that is created after it, and its rows have to")
    void letsATableReferToOneThatIsCreatedAfterIt() {
        if (refusesChanges()) {
            return;
        }
        migrate(ZOO);

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.execute("INSERT INTO animal VALUES (1, 99)"));
    }

    @Test
    @DisplayName("MIG-07 A history with a gap is refused")
    void refusesToGoOnFromAHistoryWithAGap() {
        if (refusesChanges()) {
            return;
        }
        migrate(ZOO);

        assertThatExceptionOfType(InconsistentMigrationHistoryException.class)
                .isThrownBy(() -> migrate(ZOO.after("zoo", "0000_forgotten"), Migration.of("zoo", "0000_forgotten")))
                .withMessageContaining("'default'");
    }

    @Test
    @DisplayName("MIG-08 Inside a transaction and with autocommit off nothing is migrated")
    void refusesToWorkInsideATransaction() {
        if (refusesChanges()) {
            return;
        }
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases.atomic(() -> {
                    migrate(ZOO);
                }));
        databases.get().transaction().setAutocommit(false);
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> migrate(ZOO))
                .withMessageContaining("'default'")
                .withMessageContaining("setAutocommit(true)");
        databases.get().transaction().rollback();
        databases.get().transaction().setAutocommit(true);

        assertThat(tableNames()).isEmpty();
    }

    @Test
    @DisplayName("MIG-09 Of two that migrate at the same time each migration is applied by one")
    void appliesEachMigrationOnceWhenTwoAreAtIt() throws Exception {
        if (refusesChanges()) {
            return;
        }
        CyclicBarrier together = new CyclicBarrier(2);
        try (Databases others = open(database().settings())) {
            FutureTask<Integer> second = new FutureTask<>(() -> migrateTogether(others, together));
            Thread thread = new Thread(second, "kit-migrations");
            thread.start();
            int first = migrateTogether(databases, together);

            assertThat(first + second.get(1, TimeUnit.MINUTES)).isEqualTo(2);
            thread.join();
        }
        assertThat(databases.query("SELECT id FROM animal")).hasSize(1);
    }

    private static int migrateTogether(Databases databases, CyclicBarrier together) throws Exception {
        MigrationExecutor executor = new MigrationExecutor(databases, "default", List.of(ZOO, ROWS));
        int planned = executor.plan().migrations().size();
        together.await(1, TimeUnit.MINUTES);
        assertThat(planned).isEqualTo(2);
        return executor.migrate(MigrationListener.none()).size();
    }

    private MigrationExecutor executor(Migration... migrations) {
        return new MigrationExecutor(databases, "default", List.of(migrations));
    }

    private List<Migration> migrate(Migration... migrations) {
        return executor(migrations).migrate(MigrationListener.none());
    }
}
