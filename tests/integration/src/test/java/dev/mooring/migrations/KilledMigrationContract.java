package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A process that migrates is killed, as kill -9 does, before its first statement that changes something, its second, and
 * so on until it completes. Whatever is recorded is then there in full, whatever is not has left no trace, and migrating
 * again completes; but for the migration in no transaction, of which some statements may have been run. A process is killed
 * before every twelfth statement, or with {@code -Dmooring.full} before every one.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KilledMigrationContract {

    private static final int FEWEST_BOUNDARIES = 25;
    private static final int NON_ATOMIC = 4;
    private static final int STEP = Boolean.getBoolean("mooring.full") ? 1 : 12;

    /** What the database looks like without a ledger, with it, and after each migration. */
    private final List<List<String>> states = new ArrayList<>();
    /** And within the migration in no transaction. */
    private final List<List<String>> between = new ArrayList<>();

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase();

    @Test
    void leavesARecordedStateWhereverItIsKilledAndCompletesWhenRunAgain() throws Exception {
        learnTheStates();
        int k = 1 - STEP;
        for (String said = MigrationProcess.REACHED; said.equals(MigrationProcess.REACHED); ) {
            k += STEP;
            DatabaseSettings settings = emptyDatabase();
            try (MigrationProcess process = MigrationProcess.startHaltingAt(settings, k)) {
                said = process.saysAtLast();
                if (said.equals(MigrationProcess.REACHED)) {
                    process.kill();
                    check(settings, k);
                } else {
                    process.end();
                }
            }
        }
        assertThat(k).as("statements at which it was killed").isGreaterThan(FEWEST_BOUNDARIES);
    }

    private void check(DatabaseSettings settings, int k) {
        try (Databases databases = Databases.of(settings)) {
            Set<MigrationId> recorded = new MigrationLedger(databases, "default").applied();
            List<String> found = ShopHistory.facts(databases);

            List<List<String>> allowed = new ArrayList<>();
            allowed.add(states.get(recorded.size() + 1));
            if (recorded.isEmpty()) {
                allowed.add(states.get(0));
            } else if (recorded.size() == NON_ATOMIC) {
                allowed.addAll(between);
            }
            assertThat(allowed)
                    .as("killed before statement %d, %s recorded", k, recorded)
                    .contains(found);

            executor(databases).migrate(MigrationListener.none());
            assertThat(ShopHistory.facts(databases))
                    .as("killed before statement %d, then run again", k)
                    .isEqualTo(states.get(states.size() - 1));
            assertThat(executor(databases).plan().isEmpty()).isTrue();
        }
    }

    /** From a run that nobody kills. */
    private void learnTheStates() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            states.add(ShopHistory.facts(databases));
            executor(databases)
                    .migrate(
                            List.of(MigrationTarget.of(new MigrationId("shop", ShopHistory.NAMES.get(0)))),
                            MigrationMode.NORMAL,
                            MigrationListener.none());
            states.add(withoutRows());
            states.add(ShopHistory.facts(databases));
            for (String name : ShopHistory.NAMES.subList(1, ShopHistory.NAMES.size())) {
                if (states.size() == NON_ATOMIC + 2) {
                    learnTheStatesBetween(databases);
                }
                executor(databases)
                        .migrate(
                                List.of(MigrationTarget.of(new MigrationId("shop", name))),
                                MigrationMode.NORMAL,
                                MigrationListener.none());
                states.add(ShopHistory.facts(databases));
            }
        }
    }

    private void learnTheStatesBetween(Databases databases) {
        for (String statement :
                ShopHistory.idempotent(databases.using("default").backend().engine())) {
            databases.execute(statement);
            between.add(ShopHistory.facts(databases));
        }
    }

    /** {@return what a ledger without rows looks like} */
    private List<String> withoutRows() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            new MigrationLedger(databases, "default").create();
            return ShopHistory.facts(databases);
        }
    }

    private static MigrationExecutor executor(Databases databases) {
        String engine = databases.using("default").backend().engine();
        return new MigrationExecutor(databases, "default", ShopHistory.of(engine));
    }
}
