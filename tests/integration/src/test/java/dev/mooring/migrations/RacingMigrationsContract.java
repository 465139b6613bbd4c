package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two processes that migrate the same database. With {@code -Dmooring.full} the first stops at two places, one after the other. */
@Tag("full")
abstract class RacingMigrationsContract {

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase();

    /** The first one stops in the middle of a migration, until the second one has said that it waits. */
    @ParameterizedTest
    @MethodSource("stops")
    void applyEachMigrationOnce(int k) throws Exception {
        DatabaseSettings settings = emptyDatabase();
        try (MigrationProcess first = MigrationProcess.startHaltingAt(settings, k)) {
            assertThat(first.says()).isEqualTo(MigrationProcess.REACHED);
            try (MigrationProcess second = MigrationProcess.start(settings)) {
                assertThat(second.says()).isEqualTo(MigrationProcess.WAITING);
                first.goOn();
                String byFirst = first.saysAtLast();
                String bySecond = second.saysAtLast();

                first.end();
                second.end();
                assertThat(count(byFirst) + count(bySecond)).isEqualTo(ShopHistory.NAMES.size());
                // The second may take its turn whenever the lock is free for a moment: ADR 28.
                assertThat(count(byFirst)).isPositive();
            }
        }
        try (Databases databases = Databases.of(settings);
                Databases alone = Databases.of(emptyDatabase())) {
            new MigrationExecutor(alone, "default", ShopHistory.of(settings.engine()))
                    .migrate(MigrationListener.none());
            assertThat(ShopHistory.facts(databases)).isEqualTo(ShopHistory.facts(alone));
            assertThat(databases.query("SELECT name FROM django_migrations"))
                    .extracting(row -> row.getString("name"))
                    .containsExactlyElementsOf(List.copyOf(ShopHistory.NAMES));
        }
    }

    private static List<Integer> stops() {
        return Boolean.getBoolean("mooring.full") ? List.of(6, 14) : List.of(14);
    }

    private static long count(String said) {
        return said.chars().filter(c -> c == '.').count();
    }
}
